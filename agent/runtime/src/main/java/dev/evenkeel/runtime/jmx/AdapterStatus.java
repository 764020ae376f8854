package dev.evenkeel.runtime.jmx;

import org.jspecify.annotations.Nullable;

/**
 * What became of a client library's adapter. Immutable.
 *
 * @param name as in {@code evenkeel.adapters.<name>.enabled}
 * @param libraryVersion null if the library does not tell, or has not been seen
 * @param detail for people, as the first missing member; empty if there is nothing to say
 */
public record AdapterStatus(
    String name, State state, @Nullable String libraryVersion, String detail) {

  /** Where an adapter stands. */
  public enum State {
    /** No class of the library has been loaded yet. */
    WAITING,
    /** Calls are balanced. */
    ACTIVE,
    /** This copy of the library lacks a member that the adapter needs; its calls are left alone. */
    UNSUPPORTED_SHAPE,
    /** Turned off by configuration. */
    DISABLED,
    /** Could not be installed; its calls are left alone. */
    FAULTED
  }
}
