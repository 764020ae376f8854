/**
 * Health probes over plain sockets: HTTP/1.1, and as much of HTTP/2 as gRPC's health check and
 * servers by h2c take, without any client library, so that nothing of the application is used,
 * started or balanced by a probe.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.probe.HttpProber}.
 */
@NullMarked
package dev.evenkeel.runtime.probe;

import org.jspecify.annotations.NullMarked;
