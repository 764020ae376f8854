package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirrorShare;

/**
 * One mirror of a service, as one snapshot has it. Immutable, except for the live state that it
 * leads to.
 *
 * @param service what gets the copies
 * @param percent of the calls, 0..100
 * @param share which calls those are
 */
record Mirror(Service service, int percent, MirrorShare share) {}
