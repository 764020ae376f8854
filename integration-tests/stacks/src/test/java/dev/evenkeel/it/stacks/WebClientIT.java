package dev.evenkeel.it.stacks;

import dev.evenkeel.it.stacks.app.WebClientStack;

/** Spring's {@code WebClient} on the JDK's HttpClient. */
class WebClientIT extends StackStory {
  WebClientIT() {
    super(WebClientStack.class, "spring");
  }
}
