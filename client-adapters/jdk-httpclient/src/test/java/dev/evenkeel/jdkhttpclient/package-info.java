/**
 * The parts of the adapter that need no client; the rest is shown under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.jdkhttpclient.BalancedCallTest}.
 */
@NullMarked
package dev.evenkeel.jdkhttpclient;

import org.jspecify.annotations.NullMarked;
