/**
 * Libraries that stand on the balanced clients, each with its own jars, under the packaged agent.
 *
 * <p>Start here: {@link dev.evenkeel.it.stacks.StackStory}.
 */
@NullMarked
package dev.evenkeel.it.stacks;

import org.jspecify.annotations.NullMarked;
