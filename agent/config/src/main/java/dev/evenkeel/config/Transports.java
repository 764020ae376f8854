package dev.evenkeel.config;

import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TransportTls;
import dev.evenkeel.spi.ServerTls;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers transports of one reading. Each is read, with its files, when the first service names
 * it: what is wrong with it is that service's problem, and only a remark where none does. Not
 * thread-safe; one per load.
 */
final class Transports {
  /** Traefik's own, which says nothing about TLS. */
  private static final String DEFAULT = "default@internal";

  private final Map<String, Value> sections;
  private final KnownTransports known;
  private final Problems problems;
  private final Set<String> named = new HashSet<>();
  private final Map<String, KnownTransports.Known> made = new LinkedHashMap<>();

  Transports(Map<String, Value> sections, KnownTransports known, Problems problems) {
    this.sections = sections;
    this.known = known;
    this.problems = problems;
  }

  /**
   * The transport of a service.
   *
   * @return null if it names none, or one that says nothing about TLS: the application's own TLS is
   *     spoken then; also if there is a problem
   */
  @Nullable ServerTls namedBy(Section balancer) {
    Value value = balancer.value("serversTransport");
    String given = balancer.text("serversTransport");
    if (value == null || given.equals(DEFAULT)) {
      return null;
    }
    String name = ServiceReader.withoutProvider(given);
    Value section = sections.get(name);
    if (section == null) {
      List<String> names = List.copyOf(sections.keySet());
      String hint = names.isEmpty() ? "there is none" : Nearest.hint(name, names);
      problems.fatal(
          value.place(), value.printable() + ": no such servers transport (" + hint + ")");
      return null;
    }
    if (named.add(name)) {
      read(name, (Section) section.data());
    }
    KnownTransports.Known its = made.get(name);
    return its == null ? null : its.tls();
  }

  private void read(String name, Section section) {
    Problems its = new Problems();
    TlsSpec spec = new TransportReader(its).read(section);
    problems.addAll(its);
    if (spec != null && !its.hasFatal()) {
      KnownTransports.Known same = known.find(name, spec);
      try {
        made.put(
            name, same == null ? new KnownTransports.Known(spec, new TransportTls(spec)) : same);
      } catch (GeneralSecurityException e) {
        problems.fatal(section.place(), "TLS as it asks for cannot be had in this JVM: " + e);
      }
    }
  }

  /** Says what is wrong with the transports that nobody names. */
  void noteUnused() {
    sections.forEach(
        (name, value) -> {
          if (!named.contains(name)) {
            Problems its = new Problems();
            TlsSpec unused = new TransportReader(its).read((Section) value.data());
            problems.addAsNotes(its);
          }
        });
  }

  /** Those that services name, by name. */
  Map<String, KnownTransports.Known> made() {
    return made;
  }
}
