/**
 * What the user wants, as immutable records: the configuration after decoding and before any live
 * state.
 *
 * <p>Start here: {@link dev.evenkeel.balancer.spec.BalancerSpec}. Nothing in here lives, counts or
 * changes.
 */
@NullMarked
package dev.evenkeel.balancer.spec;

import org.jspecify.annotations.NullMarked;
