package dev.evenkeel.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.it.stacks.app.AwsStack;
import dev.evenkeel.testkit.server.Received;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The AWS SDK, which signs the host among other things. */
class AwsIT {
  /** What a service of AWS checks besides. */
  abstract static class SignedStory extends StackStory {
    SignedStory(Class<? extends ClientStack> type, String... libraries) {
      super(type, libraries);
    }

    @Test
    void signature_ofTheLogicalHost_isValidAtTheServer() throws Exception {
      stack().write("a message");

      Received request = received().get(0);
      assertThat(AwsSignature.signedHeaders(request)).contains("host");
      assertThat(AwsSignature.carried(request)).isEqualTo(AwsSignature.expected(request, "secret"));
    }
  }

  @Nested
  class OnUrlConnection extends SignedStory {
    OnUrlConnection() {
      super(AwsStack.OnUrlConnection.class, "aws", "httpclient5");
    }
  }

  @Nested
  class OnHttpClient4 extends SignedStory {
    OnHttpClient4() {
      super(AwsStack.OnHttpClient4.class, "aws", "httpclient4");
    }
  }

  @Nested
  class OnHttpClient5 extends SignedStory {
    OnHttpClient5() {
      super(AwsStack.OnHttpClient5.class, "aws", "httpclient5");
    }
  }
}
