/**
 * What a JMX console sees of the agent: MXBeans of open types for the agent, its services and their
 * servers, in an MBean server that somebody else has created.
 *
 * <p>Start here: {@link dev.evenkeel.runtime.jmx.JmxRegistration}; the beans get everything from
 * {@link dev.evenkeel.runtime.jmx.AgentControls}. {@code agent/docs/monitoring.md} lists them.
 */
@NullMarked
package dev.evenkeel.runtime.jmx;

import org.jspecify.annotations.NullMarked;
