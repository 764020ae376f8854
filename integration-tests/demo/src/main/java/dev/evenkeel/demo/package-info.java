/**
 * The README's runnable minute: a small server, and an application that knows nothing of evenkeel.
 *
 * <p>Start here: {@link dev.evenkeel.demo.Client}.
 */
@NullMarked
package dev.evenkeel.demo;

import org.jspecify.annotations.NullMarked;
