/**
 * Whole-product stories: the packaged agent in a JVM of its own, started as a user would start it.
 *
 * <p>Start here: {@link dev.evenkeel.scenarios.Application}.
 */
@NullMarked
package dev.evenkeel.scenarios;

import org.jspecify.annotations.NullMarked;
