package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TransportTls;
import dev.evenkeel.spi.ServerTls;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final boolean isWhole;
  private final KnownTransports known;
  private final Problems problems;
  private final Map<String, KnownTransports.Known> made = new LinkedHashMap<>();
  private final Map<String, Read> read = new HashMap<>();

  /**
   * What a transport says.
   *
   * @param name as the file has it; empty if the service names none
   * @param tls null if it says nothing about TLS, or there is a problem
   * @param timeouts of our own connections
   */
  record Read(String name, @Nullable TlsSpec tls, TimeoutsSpec timeouts) {
    static final Read NOTHING = new Read("", null, TimeoutsSpec.DEFAULT);
  }

  /**
   * Reads none yet.
   *
   * @param sections the transports as they were decoded
   * @param isWhole false if there may be others, in a file that could not be read
   */
  Transports(
      Map<String, Value> sections, boolean isWhole, KnownTransports known, Problems problems) {
    this.sections = sections;
    this.isWhole = isWhole;
    this.known = known;
    this.problems = problems;
  }

  /** The transport of a service; {@link Read#NOTHING} if it names none, or the empty one. */
  Read namedBy(Section balancer) {
    Value value = balancer.value("serversTransport");
    String given = balancer.text("serversTransport");
    if (value == null || given.isEmpty() || given.equals(DEFAULT)) {
      return Read.NOTHING;
    }
    String name = ServiceReader.withoutProvider(given);
    Value section = sections.get(name);
    if (section == null && !isWhole) {
      return Read.NOTHING;
    }
    if (section == null) {
      List<String> names = List.copyOf(sections.keySet());
      String hint = names.isEmpty() ? "there is none" : Nearest.hint(name, names);
      problems.fatal(
          value.place(), value.printable() + ": no such servers transport (" + hint + ")");
      return Read.NOTHING;
    }
    return read.computeIfAbsent(name, key -> read(key, (Section) section.data()));
  }

  private Read read(String name, Section section) {
    Problems its = new Problems();
    Read read = read(name, section, its);
    problems.addAll(its);
    return read;
  }

  private static Read read(String name, Section section, Problems its) {
    TransportReader reader = new TransportReader(its);
    TlsSpec spec = reader.read(section);
    TimeoutsSpec timeouts = reader.timeouts(section);
    return new Read(name, its.hasFatal() ? null : spec, timeouts);
  }

  /**
   * The TLS of a transport for the hosts that clients connect to.
   *
   * @param place of what asks for it
   * @return null if the application's own TLS is spoken, or there is a problem
   */
  @Nullable ServerTls tls(Read transport, Place place) {
    TlsSpec spec = transport.tls();
    return spec == null ? null : made(transport.name(), spec, place);
  }

  /**
   * The TLS of a transport, or of none, for one name, whatever host clients connect to. Never null
   * without a problem: by its address a server could not be verified.
   *
   * @param place of what asks for it
   */
  @Nullable ServerTls tlsFor(String host, Read transport, Place place) {
    TlsSpec given = transport.tls();
    TlsSpec spec = given == null ? TransportReader.NOTHING : given;
    return spec.serverName() == null
        ? made(transport.name() + "\n" + host, spec.naming(host), place)
        : tls(transport, place);
  }

  private @Nullable ServerTls made(String key, TlsSpec spec, Place place) {
    KnownTransports.Known its = made.get(key);
    try {
      if (its == null) {
        KnownTransports.Known same = known.find(key, spec);
        its = same == null ? new KnownTransports.Known(spec, new TransportTls(spec)) : same;
      }
    } catch (GeneralSecurityException e) {
      problems.fatal(place, "TLS as it asks for cannot be had in this JVM: " + e);
      return null;
    }
    made.put(key, its);
    return its.tls();
  }

  /** Says what is wrong with the transports that nobody names. */
  void noteUnused() {
    sections.forEach(
        (name, value) -> {
          if (!read.containsKey(name)) {
            Problems its = new Problems();
            Read unused = read(name, (Section) value.data(), its);
            problems.addAsNotes(its);
          }
        });
  }

  /** Those that services name, by name, and by the name of a server that is looked up. */
  Map<String, KnownTransports.Known> made() {
    return made;
  }
}
