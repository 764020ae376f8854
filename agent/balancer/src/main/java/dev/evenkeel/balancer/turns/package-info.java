/**
 * Weighted turns: which server has the turn of a ticket, exact and smooth, without a lock.
 *
 * <p>Start here: {@link dev.evenkeel.balancer.turns.WeightedTurns}. Knows servers by their index
 * only.
 */
@NullMarked
package dev.evenkeel.balancer.turns;

import org.jspecify.annotations.NullMarked;
