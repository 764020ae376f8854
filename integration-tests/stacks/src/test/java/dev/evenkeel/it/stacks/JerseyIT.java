package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.JerseyStack;
import org.junit.jupiter.api.Nested;

/** Jersey's client on two clients. */
class JerseyIT {
  @Nested
  class OnUrlConnection extends StackStory {
    OnUrlConnection() {
      super(JerseyStack.OnUrlConnection.class, "jersey");
    }
  }

  @Nested
  class OnJdkClient extends StackStory {
    OnJdkClient() {
      super(JerseyStack.OnJdkClient.class, "jersey");
    }
  }
}
