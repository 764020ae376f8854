/**
 * The product: picks a server for every call, from an immutable snapshot that one control thread
 * builds.
 *
 * <p>Start here: {@link dev.evenkeel.balancer.ServiceBalancer}. JDK, Caffeine and HdrHistogram
 * only: no client library, no Byte Buddy, no JMX, no configuration format.
 */
@NullMarked
package dev.evenkeel.balancer;

import org.jspecify.annotations.NullMarked;
