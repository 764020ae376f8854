/**
 * Strategies: which member of a service takes a call.
 *
 * <p>Start here: {@link dev.evenkeel.balancer.strategy.Strategy}. Knows members by their index
 * only.
 */
@NullMarked
package dev.evenkeel.balancer.strategy;

import org.jspecify.annotations.NullMarked;
