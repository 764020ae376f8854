/**
 * Real servers on loopback that tests script and question.
 *
 * <p>Start here: {@link dev.evenkeel.testkit.server.ServerFleet}.
 */
@NullMarked
package dev.evenkeel.testkit.server;

import org.jspecify.annotations.NullMarked;
