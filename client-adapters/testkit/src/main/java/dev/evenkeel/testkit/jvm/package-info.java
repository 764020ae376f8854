/**
 * Other JVMs, other class loaders, and agents with a fault.
 *
 * <p>Start here: {@link dev.evenkeel.testkit.jvm.ForkedJvm}.
 */
@NullMarked
package dev.evenkeel.testkit.jvm;

import org.jspecify.annotations.NullMarked;
