/**
 * OkHttp under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.okhttp.OkHttpContractIT}.
 */
@NullMarked
package dev.evenkeel.it.okhttp;

import org.jspecify.annotations.NullMarked;
