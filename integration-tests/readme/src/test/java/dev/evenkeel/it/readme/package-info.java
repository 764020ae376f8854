/**
 * The README's tables of what is supported, held against what passed in this build. It is the last
 * module, since it reads what the modules of all clients have written down.
 *
 * <p>Start here: {@link dev.evenkeel.it.readme.ClientTableIT}.
 */
@NullMarked
package dev.evenkeel.it.readme;

import org.jspecify.annotations.NullMarked;
