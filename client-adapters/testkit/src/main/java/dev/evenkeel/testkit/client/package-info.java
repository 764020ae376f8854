/**
 * Any HTTP client behind one small interface, so that one suite serves all.
 *
 * <p>Start here: {@link dev.evenkeel.testkit.client.ClientDriver}.
 */
@NullMarked
package dev.evenkeel.testkit.client;

import org.jspecify.annotations.NullMarked;
