package dev.evenkeel.config;

import static dev.evenkeel.config.HttpOtherKeys.option;

import java.util.List;

/**
 * The declarations of {@code tcp}, {@code udp} and {@code tls}, none of which this version
 * evaluates. Immutable.
 */
final class StreamKeys {
  private static final Scalar.Text TEXT = Scalar.Text.ANY;
  private static final Scalar FLAG = new Scalar.Flag();
  private static final Scalar TIME = new Scalar.Time();
  private static final Scalar INT = Scalar.Whole.INT;
  private static final Kind TEXTS = new ListOf(TEXT);

  private static final Option PROXY_PROTOCOL =
      option("proxyProtocol", Group.maybeEmpty(option("version", INT)));

  private static final Option CHILDREN =
      option("services", new ListOf(Group.of(option("name", TEXT), option("weight", INT))));

  private static final Group TCP_HEALTH =
      Group.maybeEmpty(
          option("port", INT),
          option("send", TEXT),
          option("expect", TEXT),
          option("interval", TIME),
          option("unhealthyInterval", TIME),
          option("timeout", TIME));

  private static final Group TCP_SERVICE =
      Group.of(
          option(
              "loadBalancer",
              Group.of(
                  option(
                      "servers",
                      new ListOf(Group.of(option("address", TEXT), option("tls", FLAG)))),
                  option("serversTransport", TEXT),
                  option("healthCheck", TCP_HEALTH),
                  PROXY_PROTOCOL,
                  option("terminationDelay", INT))),
          option("weighted", Group.of(CHILDREN, option("healthCheck", Group.maybeEmpty()))));

  private static final Group TCP_ROUTER_TLS =
      Group.maybeEmpty(
          option("passthrough", FLAG),
          option("options", TEXT),
          option("certResolver", TEXT),
          option("domains", new ListOf(Group.of(option("main", TEXT), option("sans", TEXTS)))));

  private static final Group TCP_TRANSPORT =
      Group.of(
          option("dialTimeout", TIME),
          option("dialKeepAlive", TIME),
          PROXY_PROTOCOL,
          option("terminationDelay", TIME),
          option(
              "tls",
              Group.maybeEmpty(
                  option("serverName", TEXT),
                  option("insecureSkipVerify", FLAG),
                  option("rootCAs", TEXTS),
                  HttpOtherKeys.CLIENT_CERTIFICATES,
                  HttpOtherKeys.PEER_SANS,
                  option("peerCertURI", TEXT),
                  HttpOtherKeys.SPIFFE)));

  private static final Group TCP =
      Group.maybeEmpty(
          option(
              "routers",
              new MapOf(
                  Group.of(
                      option("entryPoints", TEXTS),
                      option("middlewares", TEXTS),
                      option("service", TEXT),
                      option("rule", TEXT),
                      option("ruleSyntax", TEXT),
                      option("priority", Scalar.Whole.LONG),
                      option("tls", TCP_ROUTER_TLS)))),
          option("services", new MapOf(TCP_SERVICE)),
          option(
              "middlewares",
              new MapOf(
                  Group.of(
                      option("inFlightConn", Group.of(option("amount", Scalar.Whole.LONG))),
                      option("ipAllowList", Group.of(option("sourceRange", TEXTS))),
                      option("ipWhiteList", Group.of(option("sourceRange", TEXTS)))))),
          option("serversTransports", new MapOf(TCP_TRANSPORT)));

  private static final Group UDP =
      Group.maybeEmpty(
          option(
              "routers",
              new MapOf(Group.of(option("entryPoints", TEXTS), option("service", TEXT)))),
          option(
              "services",
              new MapOf(
                  Group.of(
                      option(
                          "loadBalancer",
                          Group.of(
                              option("servers", new ListOf(Group.of(option("address", TEXT)))))),
                      option("weighted", Group.of(CHILDREN))))));

  private static final Group CERTIFICATE =
      Group.of(option("certFile", TEXT), option("keyFile", TEXT));

  private static final Group TLS =
      Group.maybeEmpty(
          option(
              "certificates",
              new ListOf(
                  Group.of(
                      option("certFile", TEXT), option("keyFile", TEXT), option("stores", TEXTS)))),
          option(
              "options",
              new MapOf(
                  Group.of(
                      option("minVersion", TEXT),
                      option("maxVersion", TEXT),
                      option("cipherSuites", TEXTS),
                      option("curvePreferences", TEXTS),
                      option(
                          "clientAuth",
                          Group.of(option("caFiles", TEXTS), option("clientAuthType", TEXT))),
                      option("sniStrict", FLAG),
                      option("alpnProtocols", TEXTS),
                      option("disableSessionTickets", FLAG),
                      option("preferServerCipherSuites", FLAG)))),
          option(
              "stores",
              new MapOf(
                  Group.of(
                      option("defaultCertificate", CERTIFICATE),
                      option(
                          "defaultGeneratedCert",
                          Group.of(
                              option("resolver", TEXT),
                              option(
                                  "domain",
                                  Group.of(option("main", TEXT), option("sans", TEXTS)))))))));

  /** The parts of a file beside {@code http}. */
  static final List<Option> TOP_LEVEL =
      List.of(
          Option.of("tcp", TCP, null, "TCP routers and services.")
              .noted("TCP is not balanced by this version: only http.services is"),
          Option.of("udp", UDP, null, "UDP routers and services.")
              .noted("UDP is not balanced by this version: only http.services is"),
          Option.of("tls", TLS, null, "Certificates of the listening side.")
              .noted("not applicable in a client: it is about connections that a server takes"));

  private StreamKeys() {}
}
