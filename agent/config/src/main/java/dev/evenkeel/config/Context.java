package dev.evenkeel.config;

/** What decoding needs besides the node. Not thread-safe; one per load. */
record Context(Problems problems, Placeholders placeholders) {}
