/**
 * A balancer without an agent, for the unit tests of adapters: it takes servers in turn, records
 * what an adapter tells it, and fails where a test wants it to.
 *
 * <p>Start here: {@link dev.evenkeel.testkit.fake.FakeBalancer}.
 */
@NullMarked
package dev.evenkeel.testkit.fake;

import org.jspecify.annotations.NullMarked;
