package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.ElasticsearchStack;

/** Elasticsearch's low-level client on HttpAsyncClient 4.1. */
class ElasticsearchIT extends StackStory {
  ElasticsearchIT() {
    super(ElasticsearchStack.class, "elasticsearch", "httpclient4");
  }
}
