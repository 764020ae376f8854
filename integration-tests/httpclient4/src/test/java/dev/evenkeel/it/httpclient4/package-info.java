/**
 * Apache HttpClient 4.5 under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.httpclient4.HttpClient4ContractIT}.
 */
@NullMarked
package dev.evenkeel.it.httpclient4;

import org.jspecify.annotations.NullMarked;
