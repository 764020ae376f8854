package dev.evenkeel.okhttp;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Address;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Makes server addresses of logical ones. What the client was not built for, because its logical
 * host never needed it, is added: TLS for an https server, plain text for an http one. Thread-safe.
 */
final class Addresses {
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
    boolean isTlsMissing = isHttps && planned.sslSocketFactory() == null;
    return new Address(
        server.host(),
        server.port(),
        planned.dns(),
        planned.socketFactory(),
        isTlsMissing ? DefaultTls.FACTORY : planned.sslSocketFactory(),
        isTlsMissing ? client.hostnameVerifier() : planned.hostnameVerifier(),
        isTlsMissing ? client.certificatePinner() : planned.certificatePinner(),
        planned.proxyAuthenticator(),
        planned.proxy(),
        isHttps ? withoutPriorKnowledge(planned.protocols()) : planned.protocols(),
        isSchemeSwitched ? specs(planned.connectionSpecs(), isHttps) : planned.connectionSpecs(),
        mark);
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

    private static SSLSocketFactory factory() {
      try {
        return SSLContext.getDefault().getSocketFactory();
      } catch (NoSuchAlgorithmException noTls) {
        throw new IllegalStateException(noTls);
      }
    }
  }
}
