/**
 * Apache HttpAsyncClient 4.1 under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.httpasyncclient4.HttpAsyncClient4ContractIT}.
 */
@NullMarked
package dev.evenkeel.it.httpasyncclient4;

import org.jspecify.annotations.NullMarked;
