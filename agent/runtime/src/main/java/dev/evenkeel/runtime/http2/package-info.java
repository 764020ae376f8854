/**
 * As much of HTTP/2 as our own connections take: one request on a connection, without TLS or after
 * it. The least of RFC 9113 and RFC 7541 that every server understands.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.http2.Http2Connection}.
 */
@NullMarked
package dev.evenkeel.runtime.http2;

import org.jspecify.annotations.NullMarked;
