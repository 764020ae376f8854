/**
 * Copies of requests for mirrors: which calls are copied, what a copy holds, and how much memory
 * all copies may take.
 *
 * <p>Start here: {@link dev.evenkeel.balancer.mirror.MirrorSender}.
 */
@NullMarked
package dev.evenkeel.balancer.mirror;

import org.jspecify.annotations.NullMarked;
