/**
 * The adapter for Apache HttpClient 5.2.3 to 5.6, classic and asynchronous. Each pass of a request
 * through the client's connecting step becomes one exchange: what connects sees the chosen server's
 * route, all before and after it keeps the logical one.
 *
 * <p>Start here: {@link dev.evenkeel.httpclient5.BalancedCall}, and {@link
 * dev.evenkeel.httpclient5.AsyncCall}, its asynchronous form.
 */
@NullMarked
package dev.evenkeel.httpclient5;

import org.jspecify.annotations.NullMarked;
