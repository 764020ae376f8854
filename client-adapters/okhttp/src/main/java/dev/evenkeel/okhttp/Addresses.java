package dev.evenkeel.okhttp;

import dev.evenkeel.spi.ServerTls;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Address;
import okhttp3.CertificatePinner;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Makes server addresses of logical ones. What the client was not built for, because its logical
 * host never needed it, is added: TLS for an https server, plain text for an http one. Thread-safe.
 */
final class Addresses {
  private static final List<Protocol> HTTP_1_ONLY = List.of(Protocol.HTTP_1_1);
  private static final List<Protocol> PRIOR_KNOWLEDGE = List.of(Protocol.H2_PRIOR_KNOWLEDGE);

  /** A transport's sockets have enabled what it allows. */
  private static final List<ConnectionSpec> ALL_OF_THE_TRANSPORTS =
      List.of(
          new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
              .allEnabledTlsVersions()
              .allEnabledCipherSuites()
              .build());

  private Addresses() {}

  /**
   * The address of a server with all else as the client has it.
   *
   * @param planned the address that OkHttp made for the server's URL
   * @param isSchemeSwitched true if the logical URL has the other scheme
   */
  static Address of(
      HttpUrl server,
      Address planned,
      ServerMark mark,
      OkHttpClient client,
      boolean isSchemeSwitched) {
    boolean isHttps = server.isHttps();
    ServerTls tls = mark.tls();
    if (tls != null) {
      return of(server, planned, mark, client, tls);
    }
    boolean isTlsMissing = isHttps && planned.sslSocketFactory() == null;
    return new Address(
        server.host(),
        server.port(),
        planned.dns(),
        planned.socketFactory(),
        isTlsMissing ? DefaultTls.FACTORY : planned.sslSocketFactory(),
        isTlsMissing ? client.hostnameVerifier() : planned.hostnameVerifier(),
        isTlsMissing ? DefaultTls.PINNER : planned.certificatePinner(),
        planned.proxyAuthenticator(),
        planned.proxy(),
        isHttps ? withoutPriorKnowledge(planned.protocols()) : planned.protocols(),
        isSchemeSwitched ? specs(planned.connectionSpecs(), isHttps) : planned.connectionSpecs(),
        mark);
  }

  /** The same address of a server in plain text, but HTTP/2 is spoken without being negotiated. */
  static Address withPriorKnowledge(Address plain) {
    return new Address(
        plain.url().host(),
        plain.url().port(),
        plain.dns(),
        plain.socketFactory(),
        null,
        null,
        null,
        plain.proxyAuthenticator(),
        plain.proxy(),
        PRIOR_KNOWLEDGE,
        plain.connectionSpecs(),
        plain.proxySelector());
  }

  /** The same, with the TLS of the server's transport: nothing of the client's is left in it. */
  private static Address of(
      HttpUrl server, Address planned, ServerMark mark, OkHttpClient client, ServerTls tls) {
    return new Address(
        server.host(),
        server.port(),
        planned.dns(),
        planned.socketFactory(),
        tls.socketFactory(),
        tls.hostnameVerifier(),
        withoutPins(client),
        planned.proxyAuthenticator(),
        planned.proxy(),
        tls.isHttp2Allowed() ? withoutPriorKnowledge(planned.protocols()) : HTTP_1_ONLY,
        ALL_OF_THE_TRANSPORTS,
        mark);
  }

  /**
   * The client's pinner without its pins: OkHttp asks it for the chain of certificates that a
   * response shows, and fails if it is one that no client was made with, or one of a client without
   * TLS.
   */
  private static CertificatePinner withoutPins(OkHttpClient client) {
    if (!hasTls(client)) {
      return DefaultTls.PINNER;
    }
    return client
        .newBuilder()
        .certificatePinner(CertificatePinner.DEFAULT)
        .build()
        .certificatePinner();
  }

  /** True if the client has a TLS configuration; one without refuses to make an https address. */
  static boolean hasTls(OkHttpClient client) {
    return isAny(client.connectionSpecs(), true);
  }

  private static List<ConnectionSpec> specs(List<ConnectionSpec> clients, boolean isHttps) {
    if (isAny(clients, isHttps)) {
      return clients;
    }
    List<ConnectionSpec> extended = new ArrayList<>(clients);
    extended.add(isHttps ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT);
    return extended;
  }

  private static boolean isAny(List<ConnectionSpec> specs, boolean isTls) {
    for (ConnectionSpec spec : specs) {
      if (spec.isTls() == isTls) {
        return true;
      }
    }
    return false;
  }

  /** HTTP/2 without negotiation exists in plain text only. */
  private static List<Protocol> withoutPriorKnowledge(List<Protocol> clients) {
    return clients.contains(Protocol.H2_PRIOR_KNOWLEDGE)
        ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
        : clients;
  }

  /** One factory for all: another one would be another address, and never find its pool. */
  private static final class DefaultTls {
    static final SSLSocketFactory FACTORY = factory();

    /** A client without TLS has no pins either. */
    static final CertificatePinner PINNER = new OkHttpClient().certificatePinner();

    private static SSLSocketFactory factory() {
      try {
        return SSLContext.getDefault().getSocketFactory();
      } catch (NoSuchAlgorithmException noTls) {
        throw new IllegalStateException(noTls);
      }
    }
  }
}
