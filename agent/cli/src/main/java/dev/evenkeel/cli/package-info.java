/**
 * What {@code java -jar evenkeel-agent.jar} runs.
 *
 * <p>Start here: {@link dev.evenkeel.cli.Main}.
 */
@NullMarked
package dev.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
