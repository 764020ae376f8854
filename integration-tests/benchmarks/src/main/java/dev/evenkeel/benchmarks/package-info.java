/**
 * How fast and how smooth, side by side with others. What both benchmarks share: text tables and
 * medians.
 *
 * <p>Start here: {@link dev.evenkeel.benchmarks.pick.PickReport} and {@link
 * dev.evenkeel.benchmarks.calls.CallReport}, run by the scripts {@code run-pick} and {@code
 * run-calls}.
 */
@NullMarked
package dev.evenkeel.benchmarks;

import org.jspecify.annotations.NullMarked;
