package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.RestTemplateStack;
import org.junit.jupiter.api.Nested;

/** Spring's {@code RestTemplate} on three clients. */
class RestTemplateIT {
  @Nested
  class OnUrlConnection extends StackStory {
    OnUrlConnection() {
      super(RestTemplateStack.OnUrlConnection.class, "spring", "httpclient5");
    }
  }

  @Nested
  class OnHttpClient5 extends StackStory {
    OnHttpClient5() {
      super(RestTemplateStack.OnHttpClient5.class, "spring", "httpclient5");
    }
  }

  @Nested
  class OnJdkClient extends StackStory {
    OnJdkClient() {
      super(RestTemplateStack.OnJdkClient.class, "spring", "httpclient5");
    }
  }
}
