/** Applications that know nothing of evenkeel; they run in forked JVMs. */
@NullMarked
package dev.evenkeel.scenarios.app;

import org.jspecify.annotations.NullMarked;
