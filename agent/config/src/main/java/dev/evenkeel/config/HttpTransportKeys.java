package dev.evenkeel.config;

/** The declarations of {@code http.serversTransports.<name>}. Immutable. */
final class HttpTransportKeys {
  private static final Scalar.Text TEXT = Scalar.Text.ANY;
  private static final Scalar FLAG = new Scalar.Flag();
  private static final Kind TEXTS = new ListOf(TEXT);
  private static final Scalar TIME = new Scalar.Time();
  private static final String OF_THE_CLIENT =
      "not applicable in a client: the application's own client says how it connects";

  private static final Group FORWARDING_TIMEOUTS =
      Group.of(
          Option.of(
              "dialTimeout",
              TIME,
              "30s",
              "How long probes and mirrors wait for a connection, within what they have in all;"
                  + " 0: as long as that. The application's client has its own for calls."),
          Option.of(
              "responseHeaderTimeout",
              TIME,
              "0s",
              "The same for the headers of an answer, once the request is sent. Not for probes in"
                  + " mode `grpc`."),
          Option.of("idleConnTimeout", TIME, null, "How long idle connections are kept.")
              .noted(OF_THE_CLIENT),
          Option.of("readIdleTimeout", TIME, null, "When an HTTP/2 connection is asked for a sign.")
              .noted(OF_THE_CLIENT),
          Option.of("pingTimeout", TIME, null, "How long that sign is waited for.")
              .noted(OF_THE_CLIENT));

  /** One transport. */
  static final Group TRANSPORT =
      Group.of(
          Option.of(
              "serverName",
              TEXT,
              "",
              "The name to ask servers for (SNI) and to verify. Empty: the server's host."),
          Option.of(
              "insecureSkipVerify",
              FLAG,
              "false",
              "`true`: any certificate will do, which is said as a warning."),
          Option.of(
              "rootCAs",
              TEXTS,
              null,
              "Who may sign certificates: files, or PEM texts. Absent: the JVM's default trust."),
          Option.of(
              "certificates",
              new ListOf(
                  Group.of(
                      Option.of("certFile", TEXT, null, "File, or PEM text. Required."),
                      Option.of(
                          "keyFile",
                          TEXT,
                          null,
                          "File, or PEM text: PKCS #8, PKCS #1 or SEC 1, without a password."
                              + " Required."))),
              null,
              "For servers that ask for a certificate."),
          Option.of(
              "cipherSuites",
              TEXTS,
              null,
              "As Go names them. Those of TLS 1.3 stay allowed unless one of them is named."
                  + " Absent: the JVM's."),
          Option.of("minVersion", TEXT, null, "`VersionTLS10` to `VersionTLS13`."),
          Option.of("maxVersion", TEXT, null, "The same; either alone works."),
          Option.of("disableHTTP2", FLAG, "false", "`true`: HTTP/1.1 only."),
          Option.of(
              "peerCertSANs",
              new ListOf(
                  Group.of(
                      Option.of("type", TEXT, null, "`URI` or `DNSName`."),
                      Option.of("value", TEXT, null, "The name."))),
              null,
              "The server's certificate has to bear one of them."),
          Option.of("peerCertURI", TEXT, "", "The same for one URI."),
          Option.of("maxIdleConnsPerHost", Scalar.Whole.INT, null, "Idle connections.")
              .noted(OF_THE_CLIENT),
          Option.of(
              "forwardingTimeouts",
              FORWARDING_TIMEOUTS,
              null,
              "How long connections are waited for and kept."),
          Option.of(
              "spiffe",
              HttpOtherKeys.SPIFFE.kind(),
              null,
              "Refused where a service names the transport."));

  private HttpTransportKeys() {}
}
