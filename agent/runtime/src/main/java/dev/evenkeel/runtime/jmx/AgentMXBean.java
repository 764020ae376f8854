package dev.evenkeel.runtime.jmx;

import dev.evenkeel.runtime.instrument.AdapterStatus;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes and operations of {@code dev.evenkeel:type=Agent}. Thread-safe. */
@Description("The evenkeel agent of this JVM")
public interface AgentMXBean {
  @Description("the agent's version")
  String getVersion();

  @Description("where the configuration comes from; empty without one")
  String getConfigurationSource();

  @Description("when the configuration in force was loaded; null before the first")
  @Nullable Date getLoadTime();

  @Description("every problem of the last configuration refused; empty if the last was accepted")
  String getLastError();

  @Description("configurations put in force after the first")
  long getReloadCount();

  @Description("configurations refused after the first")
  long getRefusedReloadCount();

  @Description("client libraries: name, state, libraryVersion, detail")
  List<AdapterRow> getAdapters();

  @Description("calls that went out unchanged because of a fault of the agent's own")
  long getFailOpenCount();

  @Description("reads the configuration again; returns what came of it")
  String reload();

  @Description("tells which service and servers a call would go to, with which share, and why")
  String explain(String method, String url);

  @Description("turns the agent off until the JVM ends: all calls go out unchanged")
  void disable();

  /** One client library. Thread-safe. */
  interface AdapterRow {
    String getName();

    AdapterStatus.State getState();

    @Nullable String getLibraryVersion();

    String getDetail();
  }
}
