/**
 * The JDK's own {@code java.net.http.HttpClient} under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.jdkhttpclient.JdkHttpClientContractIT}.
 */
@NullMarked
package dev.evenkeel.it.jdkhttpclient;

import org.jspecify.annotations.NullMarked;
