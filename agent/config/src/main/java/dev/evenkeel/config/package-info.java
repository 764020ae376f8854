/**
 * From file, properties and environment to {@link dev.evenkeel.balancer.spec.BalancerSpec}, with
 * every problem at once. Sources become one tree of nodes, {@link dev.evenkeel.config.Layers} puts
 * them over each other, and the declared options check and type the result. The parsers of YAML and
 * TOML are inner matters of {@code YamlReader} and {@code TomlReader}.
 *
 * <p>Start here: {@link dev.evenkeel.config.Settings} for the agent's own options, {@link
 * dev.evenkeel.config.Configuration} for what to balance.
 */
@NullMarked
package dev.evenkeel.config;

import org.jspecify.annotations.NullMarked;
