/**
 * Stories of whole services under load, played in one JVM with the packaged agent: an application
 * on {@code java.net.http}, real servers, and an operator at the MBeans.
 *
 * <p>Start here: {@link dev.evenkeel.scenarios.stories.Load}.
 */
@NullMarked
package dev.evenkeel.scenarios.stories;

import org.jspecify.annotations.NullMarked;
