package dev.evenkeel.runtime.jmx;

import dev.evenkeel.runtime.instrument.AdapterStatus;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent as JMX shows it. Thread-safe. */
final class AgentBean implements AgentMXBean {
  private final AgentControls controls;
  private final ConsoleCalls calls;

  AgentBean(AgentControls controls, ConsoleCalls calls) {
    this.controls = controls;
    this.calls = calls;
  }

  @Override
  public String getVersion() {
    return controls.version();
  }

  @Override
  public String getConfigurationSource() {
    return controls.configurationSource();
  }

  @Override
  public @Nullable Date getLoadTime() {
    return dateOf(controls.loadTime());
  }

  @Override
  public String getLastError() {
    return controls.lastError();
  }

  @Override
  public long getReloadCount() {
    return controls.reloadCount();
  }

  @Override
  public long getRefusedReloadCount() {
    return controls.refusedReloadCount();
  }

  @Override
  public List<AdapterRow> getAdapters() {
    return controls.adapters().stream().<AdapterRow>map(Row::new).toList();
  }

  @Override
  public long getFailOpenCount() {
    return controls.failOpenCount();
  }

  @Override
  public String reload() {
    return calls.call("reload", controls::reload);
  }

  @Override
  public String explain(String method, String url) {
    requireText("method", method, "HTTP method such as GET");
    requireText("url", url, "URL such as http://orders/");
    return calls.call("explain", () -> controls.explain(method, url));
  }

  @Override
  public void disable() {
    calls.run("disable", controls::disable);
  }

  static @Nullable Date dateOf(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  /** A console may send null for an empty field. */
  private static void requireText(String name, @Nullable String value, String expected) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  private record Row(AdapterStatus status) implements AdapterRow {
    @Override
    public String getName() {
      return status.name();
    }

    @Override
    public AdapterStatus.State getState() {
      return status.state();
    }

    @Override
    public @Nullable String getLibraryVersion() {
      return status.libraryVersion();
    }

    @Override
    public String getDetail() {
      return status.detail();
    }
  }
}
