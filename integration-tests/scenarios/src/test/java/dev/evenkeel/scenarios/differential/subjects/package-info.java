/**
 * The application of the comparison: the balanced clients, each with everything hung into it that
 * an application may hang there, and the exchanges that they make. It knows nothing of evenkeel and
 * runs in forked JVMs.
 *
 * <p>Start here: {@link dev.evenkeel.scenarios.differential.subjects.Subject}.
 */
@NullMarked
package dev.evenkeel.scenarios.differential.subjects;

import org.jspecify.annotations.NullMarked;
