/**
 * What runs in a JVM of its own, with a version of the library that the tests' own JVM has not.
 *
 * <p>Start here: {@link dev.evenkeel.it.httpclient5.app.CallingApp}.
 */
@NullMarked
package dev.evenkeel.it.httpclient5.app;

import org.jspecify.annotations.NullMarked;
