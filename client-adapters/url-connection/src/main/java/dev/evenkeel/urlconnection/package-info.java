/**
 * The adapter for the JDK's {@code HttpURLConnection} and {@code HttpsURLConnection}. A call keeps
 * its logical URL everywhere; only the connection below it, {@code sun.net.www.http.HttpClient}, is
 * opened to the chosen server and pooled under that server's key.
 *
 * <p>Start here: {@link dev.evenkeel.urlconnection.UrlConnectionAdapter} for what is hooked, {@link
 * dev.evenkeel.urlconnection.Calls} for what the hooks do.
 */
@NullMarked
package dev.evenkeel.urlconnection;

import org.jspecify.annotations.NullMarked;
