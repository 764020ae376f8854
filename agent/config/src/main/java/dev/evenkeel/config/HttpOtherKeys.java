package dev.evenkeel.config;

import java.util.stream.Stream;

/**
 * The declarations of what Traefik's files may hold under {@code http} besides services. This
 * version does not evaluate any of it, yet a misspelt key is found as Traefik would find it.
 * Immutable.
 */
final class HttpOtherKeys {
  private static final Scalar.Text TEXT = Scalar.Text.ANY;
  private static final Scalar FLAG = new Scalar.Flag();
  private static final Kind TEXTS = new ListOf(TEXT);

  static final Group ROUTER_TLS =
      Group.maybeEmpty(
          option("options", TEXT),
          option("certResolver", TEXT),
          option("domains", new ListOf(Group.of(option("main", TEXT), option("sans", TEXTS)))));

  /** {@code http.routers.<name>}. */
  static final Kind ROUTERS =
      new MapOf(
          Group.of(
              option("entryPoints", TEXTS),
              option("middlewares", TEXTS),
              option("service", TEXT),
              option("rule", TEXT),
              option("parentRefs", TEXTS),
              option("ruleSyntax", TEXT),
              option("priority", Scalar.Whole.LONG),
              option("tls", ROUTER_TLS),
              option(
                  "observability",
                  Group.of(
                      option("accessLogs", FLAG),
                      option("metrics", FLAG),
                      option("tracing", FLAG),
                      option("traceVerbosity", TEXT)))));

  /** {@code http.middlewares.<name>}; what stands in each is not checked. */
  static final Kind MIDDLEWARES =
      new MapOf(
          new Group(
              Stream.of(
                      "addPrefix",
                      "stripPrefix",
                      "stripPrefixRegex",
                      "replacePath",
                      "replacePathRegex",
                      "chain",
                      "ipWhiteList",
                      "ipAllowList",
                      "headers",
                      "encodedCharacters",
                      "errors",
                      "rateLimit",
                      "redirectRegex",
                      "redirectScheme",
                      "basicAuth",
                      "digestAuth",
                      "forwardAuth",
                      "inFlightReq",
                      "buffering",
                      "circuitBreaker",
                      "compress",
                      "passTLSClientCert",
                      "retry",
                      "contentType",
                      "grpcWeb",
                      "plugin")
                  .map(name -> option(name, new Opaque()))
                  .toList(),
              Group.Empty.REFUSED,
              false));

  static final Option PEER_SANS =
      option("peerCertSANs", new ListOf(Group.of(option("type", TEXT), option("value", TEXT))));

  static final Option SPIFFE =
      option("spiffe", Group.maybeEmpty(option("ids", TEXTS), option("trustDomain", TEXT)));

  static final Option CLIENT_CERTIFICATES =
      option(
          "certificates", new ListOf(Group.of(option("certFile", TEXT), option("keyFile", TEXT))));

  private HttpOtherKeys() {}

  static Option option(String name, Kind kind) {
    return Option.of(name, kind, null, "");
  }
}
