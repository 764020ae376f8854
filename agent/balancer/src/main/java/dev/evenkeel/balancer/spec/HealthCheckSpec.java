package dev.evenkeel.balancer.spec;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Active probes of every server of a service. Source: Traefik {@code loadBalancer.healthCheck}. In
 * mode {@link Mode#GRPC} path, method, status and redirects mean nothing. Durations above {@link
 * #LONGEST} count as that, so that adding them up or to a clock cannot overflow. Immutable.
 *
 * @param mode what a probe speaks
 * @param path resolved against the server's URL, may hold a query; empty: the server URL's own path
 * @param scheme {@code http}, {@code https} or {@code h2c}; null: the server's; see {@link
 *     Mode#GRPC} for its own meaning there
 * @param hostname the probe's Host header; null: the server's authority
 * @param port 1..65535; 0: the server's
 * @param method sent as given
 * @param status the one healthy status; 0: any of 200..399
 * @param interval above zero, between probes of a healthy server
 * @param unhealthyInterval above zero, between probes of an unhealthy server
 * @param timeout above zero, over the whole probe up to the response's headers
 * @param followRedirects at most 10; false: the redirect's own status is judged
 * @param headers added to the probe; a {@code Host} in here has no effect
 * @param weightHeader the header of the answer in which a server says its own share; null: none.
 *     Source: {@code evenkeel.services.<name>.healthCheck.weightHeader}
 */
public record HealthCheckSpec(
    Mode mode,
    String path,
    @Nullable String scheme,
    @Nullable String hostname,
    int port,
    String method,
    int status,
    Duration interval,
    Duration unhealthyInterval,
    Duration timeout,
    boolean followRedirects,
    Map<String, String> headers,
    @Nullable String weightHeader) {

  /** What a probe speaks. */
  public enum Mode {
    /** One request, judged by its status. */
    HTTP,

    /**
     * {@code grpc.health.v1.Health/Check} for the server as a whole. In plain with the scheme
     * {@code http} or {@code h2c}, through TLS with {@code https}; with none, through TLS if the
     * server's URL is https and the check has no port of its own.
     */
    GRPC
  }

  /** Traefik's default for {@code interval}. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

  /** Traefik's default for {@code timeout}. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /** Ten years: longer than a JVM runs. */
  public static final Duration LONGEST = Duration.ofDays(3_650);

  public HealthCheckSpec {
    headers = Map.copyOf(headers);
    interval = positive("interval", interval);
    unhealthyInterval = positive("unhealthyInterval", unhealthyInterval);
    timeout = positive("timeout", timeout);
  }

  /** A check in mode {@link Mode#HTTP}, as Traefik has it. */
  public HealthCheckSpec(
      String path,
      @Nullable String scheme,
      @Nullable String hostname,
      int port,
      String method,
      int status,
      Duration interval,
      Duration unhealthyInterval,
      Duration timeout,
      boolean followRedirects,
      Map<String, String> headers) {
    this(
        Mode.HTTP,
        path,
        scheme,
        hostname,
        port,
        method,
        status,
        interval,
        unhealthyInterval,
        timeout,
        followRedirects,
        headers,
        null);
  }

  /** The same check with a header in which servers say their share; null: none. */
  public HealthCheckSpec withWeightHeader(@Nullable String name) {
    return new HealthCheckSpec(
        mode,
        path,
        scheme,
        hostname,
        port,
        method,
        status,
        interval,
        unhealthyInterval,
        timeout,
        followRedirects,
        headers,
        name);
  }

  /** The same check with another Host header. */
  public HealthCheckSpec withHostname(String name) {
    return new HealthCheckSpec(
        mode,
        path,
        scheme,
        name,
        port,
        method,
        status,
        interval,
        unhealthyInterval,
        timeout,
        followRedirects,
        headers,
        weightHeader);
  }

  private static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: above zero)");
    }
    return value.compareTo(LONGEST) > 0 ? LONGEST : value;
  }
}
