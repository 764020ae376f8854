/**
 * The adapter for Apache HttpAsyncClient 4.1. Each try of the client's exchange handler becomes one
 * exchange of ours: the handler asks for its connection with the chosen server's route, and judges
 * answers with the logical one.
 *
 * <p>Start here: {@link dev.evenkeel.httpasyncclient4.Calls}.
 */
@NullMarked
package dev.evenkeel.httpasyncclient4;

import org.jspecify.annotations.NullMarked;
