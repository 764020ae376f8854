/**
 * OkHttp on the class path, its classes retransformed in this JVM as the agent does it, a fake
 * balancer, real servers on loopback. Start here: {@link dev.evenkeel.okhttp.Rig}.
 */
@NullMarked
package dev.evenkeel.okhttp;

import org.jspecify.annotations.NullMarked;
