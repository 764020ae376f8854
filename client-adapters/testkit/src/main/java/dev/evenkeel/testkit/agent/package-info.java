/**
 * The agent that is attached to this JVM, as an operator sees it: its configuration file and its
 * MBeans. Nothing here uses a class of the agent.
 *
 * <p>Start here: {@link dev.evenkeel.testkit.agent.Balance}.
 */
@NullMarked
package dev.evenkeel.testkit.agent;

import org.jspecify.annotations.NullMarked;
