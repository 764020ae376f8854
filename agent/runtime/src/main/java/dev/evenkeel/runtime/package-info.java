/**
 * The composition root: what premain starts, the one control thread, reading and watching the
 * configuration, and the wiring of balancer, probes, JMX and logger.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.AgentStart}.
 */
@NullMarked
package dev.evenkeel.runtime;

import org.jspecify.annotations.NullMarked;
