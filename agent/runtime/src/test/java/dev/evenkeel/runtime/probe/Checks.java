package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import java.time.Duration;
import java.util.Map;

/** Health checks with one option changed. Immutable. */
record Checks(
    String path,
    String scheme,
    String hostname,
    int port,
    String method,
    int status,
    Duration timeout,
    boolean followRedirects,
    Map<String, String> headers) {

  static Checks plain() {
    return new Checks("/health", null, null, 0, "GET", 0, Duration.ofSeconds(5), true, Map.of());
  }

  Checks path(String changed) {
    return new Checks(
        changed, scheme, hostname, port, method, status, timeout, followRedirects, headers);
  }

  Checks scheme(String changed) {
    return new Checks(
        path, changed, hostname, port, method, status, timeout, followRedirects, headers);
  }

  Checks hostname(String changed) {
    return new Checks(
        path, scheme, changed, port, method, status, timeout, followRedirects, headers);
  }

  Checks port(int changed) {
    return new Checks(
        path, scheme, hostname, changed, method, status, timeout, followRedirects, headers);
  }

  Checks method(String changed) {
    return new Checks(
        path, scheme, hostname, port, changed, status, timeout, followRedirects, headers);
  }

  Checks status(int changed) {
    return new Checks(
        path, scheme, hostname, port, method, changed, timeout, followRedirects, headers);
  }

  Checks timeout(Duration changed) {
    return new Checks(
        path, scheme, hostname, port, method, status, changed, followRedirects, headers);
  }

  Checks noRedirects() {
    return new Checks(path, scheme, hostname, port, method, status, timeout, false, headers);
  }

  Checks headers(Map<String, String> changed) {
    return new Checks(
        path, scheme, hostname, port, method, status, timeout, followRedirects, changed);
  }

  HealthCheckSpec spec() {
    return spec(HealthCheckSpec.Mode.HTTP);
  }

  HealthCheckSpec spec(HealthCheckSpec.Mode mode) {
    Duration interval = HealthCheckSpec.DEFAULT_INTERVAL;
    return new HealthCheckSpec(
        mode,
        path,
        scheme,
        hostname,
        port,
        method,
        status,
        interval,
        interval,
        timeout,
        followRedirects,
        headers,
        null);
  }
}
