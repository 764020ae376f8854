package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.RestClientStack;
import org.junit.jupiter.api.Nested;

/** Spring's {@code RestClient} on three clients. */
class RestClientIT {
  @Nested
  class OnUrlConnection extends StackStory {
    OnUrlConnection() {
      super(RestClientStack.OnUrlConnection.class, "spring", "httpclient5");
    }
  }

  @Nested
  class OnHttpClient5 extends StackStory {
    OnHttpClient5() {
      super(RestClientStack.OnHttpClient5.class, "spring", "httpclient5");
    }
  }

  @Nested
  class OnJdkClient extends StackStory {
    OnJdkClient() {
      super(RestClientStack.OnJdkClient.class, "spring", "httpclient5");
    }
  }
}
