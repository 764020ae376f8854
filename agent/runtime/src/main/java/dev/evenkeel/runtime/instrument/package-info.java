/**
 * From a class of a client library to a linked call site: finds the classes to hook, weaves
 * invokedynamic advice into them, and links each site to the adapter's code for that very copy of
 * the library.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.instrument.Instrumenter}.
 */
@NullMarked
package dev.evenkeel.runtime.instrument;

import org.jspecify.annotations.NullMarked;
