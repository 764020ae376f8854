/**
 * The contract that every client must keep under the agent, one interface of tests for each of its
 * subjects.
 *
 * <p>Start here: {@link dev.evenkeel.testkit.contract.ClientContractTest}.
 */
@NullMarked
package dev.evenkeel.testkit.contract;

import org.jspecify.annotations.NullMarked;
