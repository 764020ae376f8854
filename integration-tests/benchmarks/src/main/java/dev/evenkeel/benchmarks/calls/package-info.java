/**
 * Whole calls: the same calls direct, with an idle agent, balanced by the agent, and through nginx.
 *
 * <p>Start here: {@link dev.evenkeel.benchmarks.calls.LoadDriver}, one JVM per way and round.
 */
@NullMarked
package dev.evenkeel.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
