/**
 * How applications use the libraries; loaded apart from the tests.
 *
 * <p>Start here: {@link dev.evenkeel.it.stacks.app.RetrofitStack}, the shortest.
 */
@NullMarked
package dev.evenkeel.it.stacks.app;

import org.jspecify.annotations.NullMarked;
