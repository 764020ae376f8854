package dev.evenkeel.scenarios.differential.subjects;

import java.util.List;

/** What the application does next with a WebSocket that is open. Immutable. */
public sealed interface Move {
  /**
   * Sends a text.
   *
   * @param parts each a fragment, where the client knows fragments
   */
  record Text(List<String> parts) implements Move {
    public Text {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Sends bytes.
   *
   * @param parts each a fragment, where the client knows fragments; one character for each byte
   */
  record Binary(List<String> parts) implements Move {
    public Binary {
      parts = List.copyOf(parts);
    }
  }

  /** Sends a ping and waits for its pong, where the client shows them. */
  record Ping(String payload) implements Move {}

  /** Waits for a message. */
  record Hear() implements Move {}

  record Close(int code, String reason) implements Move {}

  /** Gives the connection up. */
  record Cancel() implements Move {}

  static Move text(String... parts) {
    return new Text(List.of(parts));
  }

  static Move binary(String... parts) {
    return new Binary(List.of(parts));
  }
}
