/**
 * What a client adapter implements ({@link dev.evenkeel.spi.ClientAdapter}) and what it talks to
 * while a call is under way ({@link dev.evenkeel.spi.Exchange}, {@link dev.evenkeel.spi.Attempt}).
 *
 * <p>Start here: {@link dev.evenkeel.spi.Balancer}. Adapters see this package and their client
 * library, and nothing else of evenkeel.
 */
@NullMarked
package dev.evenkeel.spi;

import org.jspecify.annotations.NullMarked;
