package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * A {@code Set-Cookie} header to add to a response, and the one after it: a call may go through
 * several services, each with a sticky cookie of its own. Immutable.
 *
 * @param value of the header
 * @param next null after the last
 */
public record SetCookie(String value, @Nullable SetCookie next) {}
