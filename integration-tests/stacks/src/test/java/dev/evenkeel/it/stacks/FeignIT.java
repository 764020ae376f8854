package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.FeignStack;
import org.junit.jupiter.api.Nested;

/** OpenFeign on three clients. */
class FeignIT {
  @Nested
  class OnUrlConnection extends StackStory {
    OnUrlConnection() {
      super(FeignStack.OnUrlConnection.class, "feign", "okhttp5", "httpclient5");
    }
  }

  @Nested
  class OnOkHttp4 extends StackStory {
    OnOkHttp4() {
      super(FeignStack.OnOkHttp.class, "feign", "okhttp4", "httpclient5");
    }
  }

  @Nested
  class OnOkHttp5 extends StackStory {
    OnOkHttp5() {
      super(FeignStack.OnOkHttp.class, "feign", "okhttp5", "httpclient5");
    }
  }

  @Nested
  class OnHttpClient5 extends StackStory {
    OnHttpClient5() {
      super(FeignStack.OnHttpClient5.class, "feign", "okhttp5", "httpclient5");
    }
  }
}
