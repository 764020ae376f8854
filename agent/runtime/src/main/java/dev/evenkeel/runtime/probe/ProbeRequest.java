package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.runtime.http2.HeaderBlock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request of a probe says apart from its target. Immutable.
 *
 * @param method as configured, GET by default
 * @param host in place of the target's authority; null: the authority
 * @param headers by name in any case, none of those that frame the message
 */
record ProbeRequest(String method, @Nullable String host, Map<String, String> headers) {
  private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

  /** Set by the probe itself; {@code Host} comes from {@code healthCheck.hostname} only. */
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "transfer-encoding", "trailer", "upgrade");

  /** Without a place in HTTP/2 (RFC 9113, section 8.2.2). */
  private static final Set<String> NOT_OF_HTTP2 =
      Set.of("keep-alive", "proxy-connection", "http2-settings", "te");

  /** Go's client does not carry these to another host. */
  private static final Set<String> SECRETS =
      Set.of("authorization", "www-authenticate", "cookie", "cookie2");

  private static final Set<String> WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

  ProbeRequest {
    requireToken("healthCheck.method", method);
    if (host != null && !host.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("healthCheck.hostname " + host + " (expected: host name)");
    }
    headers = Collections.unmodifiableMap(caseless(headers));
    headers.forEach(ProbeRequest::requireHeader);
  }

  /**
   * The first request of a probe.
   *
   * @throws IllegalArgumentException if method or headers cannot be sent
   */
  static ProbeRequest of(HealthCheckSpec check) {
    Map<String, String> sent = caseless(Map.of("User-Agent", "evenkeel"));
    sent.putAll(check.headers());
    OWN.forEach(sent::remove);
    String method = check.method().isEmpty() ? "GET" : check.method();
    String hostname = check.hostname();
    return new ProbeRequest(method, hostname == null || hostname.isEmpty() ? null : hostname, sent);
  }

  /**
   * The request after a redirect, as Go's client makes it: 307 and 308 keep the method, a set Host
   * stays on a relative redirect only, secrets do not go to another host.
   */
  ProbeRequest redirected(int status, String location, ProbeTarget from, ProbeTarget to) {
    boolean keepsMethod = status == 307 || status == 308 || method.equals("HEAD");
    String nextHost = ProbeTarget.isRelative(location) ? host : null;
    Map<String, String> nextHeaders = caseless(headers);
    if (!to.host().equalsIgnoreCase(from.host())) {
      SECRETS.forEach(nextHeaders::remove);
    }
    return new ProbeRequest(keepsMethod ? method : "GET", nextHost, nextHeaders);
  }

  byte[] encode(ProbeTarget target) {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(target.pathAndQuery()).append(" HTTP/1.1\r\n");
    append(text, "Host", host == null ? target.authority() : host);
    append(text, "Connection", "close");
    if (WITH_CONTENT.contains(method)) {
      append(text, "Content-Length", "0");
    }
    headers.forEach((name, value) -> append(text, name, value));
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The request as a block of headers in HTTP/2. */
  byte[] encodeHttp2(ProbeTarget target) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    HeaderBlock.append(block, ":method", method);
    HeaderBlock.append(block, ":scheme", "http");
    HeaderBlock.append(block, ":path", target.pathAndQuery());
    HeaderBlock.append(block, ":authority", host == null ? target.authority() : host);
    if (WITH_CONTENT.contains(method)) {
      HeaderBlock.append(block, "content-length", "0");
    }
    http2Headers().forEach((name, value) -> HeaderBlock.append(block, name, value));
    return block.toByteArray();
  }

  /** The headers that HTTP/2 has a place for, as it wants them. */
  Map<String, String> http2Headers() {
    Map<String, String> sent = new LinkedHashMap<>();
    headers.forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value.strip()));
    sent.keySet().removeAll(NOT_OF_HTTP2);
    return sent;
  }

  private static Map<String, String> caseless(Map<String, String> headers) {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    return sorted;
  }

  private static void append(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static void requireHeader(String name, String value) {
    requireToken("healthCheck.headers", name);
    boolean breaksLine = value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
    if (breaksLine) {
      throw new IllegalArgumentException(
          "healthCheck.headers." + name + " (expected: no control characters)");
    }
  }

  private static void requireToken(String what, String value) {
    if (!TOKEN.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " " + value + " (expected: letters and digits)");
    }
  }
}
