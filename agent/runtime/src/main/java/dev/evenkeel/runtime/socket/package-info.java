/**
 * Our own connections to servers: plain sockets with one deadline over all that happens on them,
 * and TLS that fixes nothing for the application. Without any client library, so that nothing of
 * the application is used, started or balanced.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.socket.CurrentSocket}.
 */
@NullMarked
package dev.evenkeel.runtime.socket;

import org.jspecify.annotations.NullMarked;
