/**
 * Sends copies of calls to mirrors: HTTP/1.1, or HTTP/2 to servers by h2c, over our own sockets, in
 * the background.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.mirror.HttpMirrorSender}.
 */
@NullMarked
package dev.evenkeel.runtime.mirror;

import org.jspecify.annotations.NullMarked;
