/**
 * Sticky sessions by cookie, value for value as Traefik has them.
 *
 * <p>Start here: {@link dev.evenkeel.balancer.sticky.StickyCookie}. Knows servers by their index
 * and URL only; no live state.
 */
@NullMarked
package dev.evenkeel.balancer.sticky;

import org.jspecify.annotations.NullMarked;
