/**
 * The house rules that a machine can check, over the classes and the sources of every module.
 *
 * <p>Start here: {@link dev.evenkeel.it.architecture.Modules}.
 */
@NullMarked
package dev.evenkeel.it.architecture;

import org.jspecify.annotations.NullMarked;
