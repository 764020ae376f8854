/**
 * The adapter for the classic Apache HttpClient 4.5. Each pass of a request through the step that
 * connects, sends and receives becomes one exchange: that step gets the chosen server's route, all
 * before and after it keeps the logical one.
 *
 * <p>Start here: {@link dev.evenkeel.httpclient4.BalancedCall}.
 */
@NullMarked
package dev.evenkeel.httpclient4;

import org.jspecify.annotations.NullMarked;
