/**
 * What tests of the whole product share: real servers ({@link dev.evenkeel.testkit.server}), the
 * agent of this JVM ({@link dev.evenkeel.testkit.agent}), clients behind one small interface
 * ({@link dev.evenkeel.testkit.client}), the contract that each must keep ({@link
 * dev.evenkeel.testkit.contract}), and other JVMs ({@link dev.evenkeel.testkit.jvm}).
 *
 * <p>Start here: {@link dev.evenkeel.testkit.contract.ClientContractTest}.
 */
@NullMarked
package dev.evenkeel.testkit;

import org.jspecify.annotations.NullMarked;
