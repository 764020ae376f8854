/**
 * What the JVM and {@code java -jar} find at the root of the agent jar, and the only classes of
 * ours on the application's class path. They open the door to everything that is nested in the jar,
 * with java.base alone.
 *
 * <p>Start here: {@link dev.evenkeel.agent.Agent}.
 */
@NullMarked
package dev.evenkeel.agent;

import org.jspecify.annotations.NullMarked;
