package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.OpenSearchStack;

/** OpenSearch's low-level client on the asynchronous HttpClient 5. */
class OpenSearchIT extends StackStory {
  OpenSearchIT() {
    super(OpenSearchStack.class, "opensearch", "httpclient5");
  }
}
