/**
 * {@code HttpURLConnection} under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.urlconnection.UrlConnectionContractIT}.
 */
@NullMarked
package dev.evenkeel.it.urlconnection;

import org.jspecify.annotations.NullMarked;
