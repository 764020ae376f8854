package dev.evenkeel.balancer.mirror;

import org.jspecify.annotations.Nullable;

/**
 * One header of a copied request, and the one before it: a chain costs the application's thread
 * less than a list. Immutable.
 *
 * @param previous null for the first
 */
record HeaderLine(String name, String value, @Nullable HeaderLine previous) {}
