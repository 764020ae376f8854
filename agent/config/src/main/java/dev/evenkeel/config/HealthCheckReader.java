package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a decoded {@code healthCheck} to its spec. Not thread-safe; one per service. */
final class HealthCheckReader {
  private static final List<String> NOT_OF_GRPC =
      List.of("path", "method", "status", "followRedirects");

  private static final Duration LEAST_ABOVE_TIMEOUT = Duration.ofSeconds(1);

  private final Problems problems;

  HealthCheckReader(Problems problems) {
    this.problems = problems;
  }

  HealthCheckSpec read(Section check) {
    HealthCheckSpec.Mode mode = mode(check);
    Duration timeout = positive(check, "timeout", HealthCheckSpec.DEFAULT_TIMEOUT);
    Duration interval =
        aboveTimeout(check, positive(check, "interval", HealthCheckSpec.DEFAULT_INTERVAL), timeout);
    return new HealthCheckSpec(
        mode,
        path(check),
        scheme(check),
        hostname(check),
        check.integer("port"),
        method(check),
        check.integer("status"),
        interval,
        check.isGiven("unhealthyInterval")
            ? positive(check, "unhealthyInterval", HealthCheckSpec.DEFAULT_INTERVAL)
            : interval,
        timeout,
        check.flag("followRedirects"),
        headers(check),
        null);
  }

  private HealthCheckSpec.Mode mode(Section check) {
    String mode = check.text("mode");
    if (mode.equals("grpc")) {
      NOT_OF_GRPC.forEach(name -> noteWithoutEffect(check, name));
      return HealthCheckSpec.Mode.GRPC;
    }
    if (!mode.isEmpty() && !mode.equals("http")) {
      problems.note(
          check.place("mode"),
          check.printable("mode") + " (expected: http or grpc; http is used, as in Traefik)");
    }
    return HealthCheckSpec.Mode.HTTP;
  }

  private void noteWithoutEffect(Section check, String name) {
    if (check.value(name) != null) {
      problems.note(check.place(name), "has no effect in mode grpc");
    }
  }

  /** Traefik, too, takes its default for what is not above zero, and says so. */
  private Duration positive(Section check, String name, Duration fallback) {
    Duration given = check.duration(name);
    if (given.compareTo(Duration.ZERO) > 0) {
      return given;
    }
    if (check.value(name) != null) {
      problems.note(
          check.place(name),
          check.printable(name)
              + " (expected: above zero; "
              + Durations.print(fallback)
              + " is used, as in Traefik)");
    }
    return fallback;
  }

  /**
   * A probe that hangs is still under way when the next one is due. Traefik raised such an interval
   * too, before 2.10; {@code unhealthyInterval} came later, and stays as it is given.
   */
  private Duration aboveTimeout(Section check, Duration interval, Duration timeout) {
    if (interval.compareTo(timeout) > 0) {
      return interval;
    }
    boolean isRoomAbove = timeout.compareTo(HealthCheckSpec.LONGEST) < 0;
    Duration raised = isRoomAbove ? timeout.plus(LEAST_ABOVE_TIMEOUT) : HealthCheckSpec.LONGEST;
    problems.note(
        check.place("interval"),
        Durations.print(interval)
            + " (expected: above timeout, "
            + Durations.print(timeout)
            + "; "
            + Durations.print(raised)
            + " is used)");
    return raised;
  }

  /** An absolute URL would fail each probe in Traefik: better said here than found as an outage. */
  private String path(Section check) {
    String path = check.text("path");
    try {
      URI uri = new URI(path);
      if (uri.getScheme() == null && uri.getRawAuthority() == null) {
        return path;
      }
    } catch (URISyntaxException e) {
      // Said below, as for the other paths that cannot be used.
    }
    if (!path.isEmpty()) {
      problems.fatal(
          check.place("path"),
          check.printable("path") + " (expected: path such as /health?full=1)");
    }
    return "";
  }

  private @Nullable String scheme(Section check) {
    String scheme = check.text("scheme").toLowerCase(Locale.ROOT);
    if (scheme.isEmpty()) {
      return null;
    }
    boolean isKnown = scheme.equals("http") || scheme.equals("https") || scheme.equals("h2c");
    if (!isKnown) {
      refuse(check, "scheme", "http, h2c or https");
    }
    return scheme;
  }

  private @Nullable String hostname(Section check) {
    String hostname = check.text("hostname");
    if (hostname.chars().anyMatch(c -> c <= ' ' || c > '~' || "/?#@".indexOf(c) >= 0)) {
      refuse(check, "hostname", "host name, with or without a port");
    }
    return hostname.isEmpty() ? null : hostname;
  }

  private String method(Section check) {
    String method = check.text("method");
    if (method.isEmpty()) {
      return "GET";
    }
    if (!isToken(method)) {
      refuse(check, "method", "HTTP method such as GET");
    }
    return method;
  }

  private Map<String, String> headers(Section check) {
    Map<String, String> headers = new LinkedHashMap<>();
    check
        .map("headers")
        .forEach(
            (name, value) -> {
              String text = value.data().toString();
              if (!isToken(name)
                  || text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                problems.fatal(value.place(), value.printable() + " (expected: an HTTP header)");
              } else if (name.equalsIgnoreCase("Host")) {
                problems.note(value.place(), "has no effect, as in Traefik (expected: hostname)");
              }
              headers.put(name, text);
            });
    return headers;
  }

  /** RFC 9110 section 5.6.2. */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
  }

  private void refuse(Section check, String name, String expectation) {
    problems.fatal(check.place(name), check.printable(name) + " (expected: " + expectation + ")");
  }
}
