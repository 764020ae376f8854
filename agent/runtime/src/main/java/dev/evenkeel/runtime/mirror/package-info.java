/**
 * Sends copies of calls to mirrors: HTTP/1.1 over our own sockets, in the background.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.mirror.HttpMirrorSender}.
 */
@NullMarked
package dev.evenkeel.runtime.mirror;

import org.jspecify.annotations.NullMarked;
