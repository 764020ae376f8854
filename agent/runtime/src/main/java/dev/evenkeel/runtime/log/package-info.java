/**
 * The agent's own logger: one line a message, to standard error or to a file that rotates.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.log.AgentLog}. It runs inside premain, so it is kept
 * to {@code java.io} and to class files that load little: no lambda, no string concatenation by
 * {@code invokedynamic}, no {@code java.time}, no {@code java.nio.file}, no logging framework.
 */
@NullMarked
package dev.evenkeel.runtime.log;

import org.jspecify.annotations.NullMarked;
