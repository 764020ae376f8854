package dev.evenkeel.runtime.instrument;

import org.jspecify.annotations.Nullable;

/**
 * How one adapter stands with one copy of its library, for people. Immutable.
 *
 * @param name as in {@code evenkeel.adapters.<name>.enabled}
 * @param state what it does
 * @param libraryVersion null when not known
 * @param detail the first missing member, or the last fault; empty if there is nothing to say
 */
public record AdapterStatus(
    String name, State state, @Nullable String libraryVersion, String detail) {

  /** The states, as JMX shows them. */
  public enum State {
    /** No class of the library has called yet. */
    WAITING,
    /** Calls are balanced. */
    ACTIVE,
    /** The library lacks a member that the adapter needs: its calls are left alone. */
    UNSUPPORTED_SHAPE,
    /** Switched off by an option, or by the kill switch. */
    DISABLED,
    /** Weaving or linking failed: the library's calls are left alone. */
    FAULTED
  }

  /** The same adapter and copy, switched off. */
  public AdapterStatus disabled() {
    return new AdapterStatus(name, State.DISABLED, libraryVersion, "");
  }
}
