/**
 * Apache HttpClient 5 under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.httpclient5.HttpClient5ContractIT}.
 */
@NullMarked
package dev.evenkeel.it.httpclient5;

import org.jspecify.annotations.NullMarked;
