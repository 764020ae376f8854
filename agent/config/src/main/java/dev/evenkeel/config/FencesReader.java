package dev.evenkeel.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a decoded entry of {@code evenkeel.services} to the servers that it fences and drains. Not
 * thread-safe; one per service.
 */
final class FencesReader {
  private final Problems problems;
  private final List<String> servers;

  /**
   * Reads for one service.
   *
   * @param servers the URLs of its servers
   */
  FencesReader(Problems problems, List<String> servers) {
    this.problems = problems;
    this.servers = servers;
  }

  /** URLs of servers; others are among the problems. */
  List<String> fenced(Section extras) {
    List<String> fenced = new ArrayList<>();
    for (Value value : extras.list("fenced")) {
      if (isServer(value)) {
        fenced.add(value.data().toString());
      }
    }
    return fenced;
  }

  /**
   * By the URL of a server, how long its sessions may stay; what makes no sense is among the
   * problems.
   *
   * @param fenced the servers that {@code fenced} names
   */
  Map<String, Duration> drained(Section extras, List<String> fenced) {
    Map<String, Duration> drained = new LinkedHashMap<>();
    for (Value item : extras.list("drained")) {
      Section entry = (Section) item.data();
      Value url = entry.value("url");
      if (!entry.isGiven("url")) {
        problems.fatal(entry.place(), "no url (expected: URL of a server)");
      } else if (url != null && isServer(url)) {
        add(entry, url, drained, fenced);
      }
    }
    return drained;
  }

  private void add(Section entry, Value url, Map<String, Duration> drained, List<String> fenced) {
    String server = url.data().toString();
    Duration within = entry.duration("within");
    if (within.isNegative()) {
      problems.fatal(entry.place("within"), entry.printable("within") + " (expected: 0s or more)");
    } else if (fenced.contains(server)) {
      problems.fatal(
          url.place(), url.printable() + ": is fenced too (expected: fenced or drained)");
    } else if (drained.putIfAbsent(server, within) != null) {
      problems.fatal(url.place(), url.printable() + ": stands twice (expected: once)");
    }
  }

  private boolean isServer(Value url) {
    boolean isKnown = servers.contains(url.data().toString());
    if (!isKnown) {
      String known = servers.isEmpty() ? "there is none" : "one of " + printable(servers);
      problems.fatal(url.place(), url.printable() + ": no such server (expected: " + known + ")");
    }
    return isKnown;
  }

  private static String printable(List<String> servers) {
    return String.join(", ", servers.stream().map(Printable::of).toList());
  }
}
