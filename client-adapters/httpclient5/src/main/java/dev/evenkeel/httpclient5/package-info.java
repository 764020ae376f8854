/**
 * The adapter for the classic Apache HttpClient 5.4 to 5.6. Each pass of a request through the
 * client's connecting step becomes one exchange: what connects sees the chosen server's route, all
 * before and after it keeps the logical one.
 *
 * <p>Start here: {@link dev.evenkeel.httpclient5.BalancedCall}.
 */
@NullMarked
package dev.evenkeel.httpclient5;

import org.jspecify.annotations.NullMarked;
