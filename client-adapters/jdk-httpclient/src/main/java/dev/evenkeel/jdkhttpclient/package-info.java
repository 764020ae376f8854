/**
 * The adapter for {@code java.net.http.HttpClient} of JDK 17 to 25. Each try of the client, whether
 * first, after a redirect or after a challenge, is one exchange: what connects and writes sees the
 * chosen server, all the rest keeps the logical request.
 *
 * <p>Start here: {@link dev.evenkeel.jdkhttpclient.Calls}.
 */
@NullMarked
package dev.evenkeel.jdkhttpclient;

import org.jspecify.annotations.NullMarked;
