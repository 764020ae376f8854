/** The adapter for one client library: advice, re-targeting, and what the shape check needs. */
@NullMarked
package dev.evenkeel.okhttp;

import org.jspecify.annotations.NullMarked;
