/**
 * One pick: its time, what it allocates, and how smooth the order of picks is, beside the weighted
 * round robins of Armeria and grpc-java.
 *
 * <p>Start here: {@link dev.evenkeel.benchmarks.pick.PickBenchmark} for the times, {@link
 * dev.evenkeel.benchmarks.pick.Smoothness} for the order.
 */
@NullMarked
package dev.evenkeel.benchmarks.pick;

import org.jspecify.annotations.NullMarked;
