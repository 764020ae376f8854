package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import java.util.Set;

/** The asynchronous minimal client. Stateless. Thread-safe. */
final class HttpClient5AsyncMinimalDriver extends HttpClient5AsyncDriver {
  @Override
  public Set<Capability> capabilities() {
    return minimal();
  }

  @Override
  boolean isMinimal() {
    return true;
  }
}
