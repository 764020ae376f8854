/**
 * The adapter for OkHttp 3.14 and newer. A call is re-targeted between OkHttp's cache and its
 * connection: the plan of its connection is made anew for the chosen server, so that cookies,
 * cache, redirects, listeners, interceptors and the response's request stay logical, and only
 * connection and wire are not.
 *
 * <p>Start here: {@link dev.evenkeel.okhttp.OkHttpAdapter} for what is hooked, {@link
 * dev.evenkeel.okhttp.Calls} for what the hooks do, {@link dev.evenkeel.okhttp.Insides} for what is
 * not the same in all versions. All classes but the first live in a loader per copy of OkHttp.
 */
@NullMarked
package dev.evenkeel.okhttp;

import org.jspecify.annotations.NullMarked;
