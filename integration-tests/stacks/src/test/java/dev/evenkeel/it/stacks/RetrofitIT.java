package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.RetrofitStack;
import org.junit.jupiter.api.Nested;

/** Retrofit on the OkHttp that it asks for, and on the next. */
class RetrofitIT {
  @Nested
  class OnOkHttp4 extends StackStory {
    OnOkHttp4() {
      super(RetrofitStack.class, "retrofit", "okhttp4");
    }
  }

  @Nested
  class OnOkHttp5 extends StackStory {
    OnOkHttp5() {
      super(RetrofitStack.class, "retrofit", "okhttp5");
    }
  }
}
