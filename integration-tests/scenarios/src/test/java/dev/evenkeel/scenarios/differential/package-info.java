/**
 * One list of exchanges, made three times by the same application: through the agent, through a
 * reverse proxy, and straight to the server.
 *
 * <p>Start here: {@link dev.evenkeel.scenarios.differential.DifferentialIT}.
 */
@NullMarked
package dev.evenkeel.scenarios.differential;

import org.jspecify.annotations.NullMarked;
