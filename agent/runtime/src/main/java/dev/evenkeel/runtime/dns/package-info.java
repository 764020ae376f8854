/**
 * Looks up the addresses of servers' names, in the background and on threads of its own.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.dns.BackgroundResolver}.
 */
@NullMarked
package dev.evenkeel.runtime.dns;

import org.jspecify.annotations.NullMarked;
