package dev.evenkeel.config;

/**
 * A node that was checked and typed. Immutable.
 *
 * @param data String, Long, Boolean, Duration, {@link Section}, List or Map of values
 * @param printable as a message may show it: a placeholder instead of what it stands for
 */
record Value(Object data, Place place, String printable) {}
