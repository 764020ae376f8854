package dev.evenkeel.testkit.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Real servers on loopback with one private certificate authority.
 *
 * <p>TLS servers are named {@code <name>.servers.test}. Such a name has a dot, without which a TLS
 * client asks for no server name; the JVM finds it in the file of {@code jdk.net.hosts.file}.
 * Confined to the test's thread; its servers are thread-safe.
 */
public final class ServerFleet implements Closeable {
  private static final String DOMAIN = ".servers.test";
  private static final List<Protocol> HTTP_1 = List.of(Protocol.HTTP_1_1);
  private static final List<Protocol> HTTP_2_CLEARTEXT = List.of(Protocol.H2_PRIOR_KNOWLEDGE);
  private static final List<Protocol> BOTH_CLEARTEXT =
      List.of(Protocol.H2_PRIOR_KNOWLEDGE, Protocol.HTTP_1_1);
  private static final List<Protocol> HTTP_2 = List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);

  private final boolean isHttp2Spoken;
  private @Nullable HeldCertificate authority;
  private final Deque<Closeable> open = new ArrayDeque<>();

  /** Servers of HTTP/1.1, where they are not asked for by another. */
  public ServerFleet() {
    this(false);
  }

  /**
   * Servers for a client, and for probes and mirrors, which speak HTTP/1.1.
   *
   * @param isHttp2Spoken all of them speak HTTP/2 too, each on its one port; where HTTP/1.1 was
   *     asked for, a request is read as if it had come by that, and without the default port that a
   *     client had to name
   */
  public ServerFleet(boolean isHttp2Spoken) {
    this.isHttp2Spoken = isHttp2Spoken;
  }

  /** A server that speaks HTTP/1.1 in the clear, as {@code http://127.0.0.1:port}. */
  public TestServer http(String name) throws IOException {
    return opened(
        new TestServer(
            name,
            "http",
            "127.0.0.1",
            null,
            isHttp2Spoken ? BOTH_CLEARTEXT : HTTP_1,
            this::asHttp1));
  }

  /** A TLS server that speaks HTTP/1.1; its certificate names itself and no other. */
  public TestServer https(String name) throws IOException {
    return https(name, name + DOMAIN);
  }

  /** A TLS server that speaks HTTP/1.1 with a certificate for any name. */
  public TestServer https(String name, String certificateName) throws IOException {
    return tls(name, certificateName, isHttp2Spoken ? HTTP_2 : HTTP_1, this::asHttp1);
  }

  /** A TLS server that also speaks HTTP/2; its certificate names itself and no other. */
  public TestServer http2(String name) throws IOException {
    return tls(name, name + DOMAIN, HTTP_2, this::withoutDefaultPort);
  }

  /** A server that speaks HTTP/2 in the clear, and nothing else. */
  public TestServer http2Cleartext(String name) throws IOException {
    return cleartextHttp2(name, "http");
  }

  /** The same as {@code h2c://127.0.0.1:port}. */
  public TestServer h2c(String name) throws IOException {
    return cleartextHttp2(name, "h2c");
  }

  private TestServer cleartextHttp2(String name, String scheme) throws IOException {
    return opened(
        new TestServer(
            name, scheme, "127.0.0.1", null, HTTP_2_CLEARTEXT, this::withoutDefaultPort));
  }

  /** A server in the clear that speaks whichever version of HTTP it is spoken to in. */
  public EitherServer http1OrH2c(String name) throws IOException {
    return opened(new EitherServer(http(name), h2c(name)));
  }

  /** A proxy that makes tunnels to any server. */
  public TunnelProxy tunnelProxy() throws IOException {
    return opened(new TunnelProxy());
  }

  /** What a server reads that is asked for as one of HTTP/1.1. */
  private Received asHttp1(Received request) {
    return isHttp2Spoken ? withoutDefaultPort(request).asHttp1() : request;
  }

  private Received withoutDefaultPort(Received request) {
    return isHttp2Spoken ? request.withoutDefaultPort() : request;
  }

  private TestServer tls(
      String name,
      String certificateName,
      List<Protocol> protocols,
      UnaryOperator<Received> reading)
      throws IOException {
    HeldCertificate certificate =
        new HeldCertificate.Builder()
            .signedBy(authority())
            .commonName(certificateName)
            .addSubjectAlternativeName(certificateName)
            .build();
    SSLSocketFactory sockets = ServerTls.of(certificate, trust().trustManager());
    return opened(new TestServer(name, "https", name + DOMAIN, sockets, protocols, reading));
  }

  /** Made when it is first asked for: most tests are in the clear, and a key takes its time. */
  private HeldCertificate authority() {
    if (authority == null) {
      authority =
          new HeldCertificate.Builder()
              .commonName("private authority")
              .certificateAuthority(0)
              .build();
    }
    return authority;
  }

  /** {@code http://127.0.0.1:port} of a port that refuses for as long as the fleet is open. */
  public String refusedUrl() throws IOException {
    // Bound and not listening: the port refuses, and no other socket can get it.
    Socket holder = opened(new Socket());
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return "http://127.0.0.1:" + holder.getLocalPort();
  }

  /** {@code http://127.0.0.1:port} where a connection is neither made nor refused. */
  public String silentUrl() throws IOException {
    ServerSocket full = opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    // Linux drops what comes once more connections wait to be accepted than the backlog says.
    for (int i = 0; i < 4; i++) {
      SocketChannel waiting = opened(SocketChannel.open());
      waiting.configureBlocking(false);
      waiting.connect(full.getLocalSocketAddress());
    }
    return "http://127.0.0.1:" + full.getLocalPort();
  }

  /** What a client needs to trust the servers of this fleet. */
  public Trust trust() {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(authority().certificate())
            .build();
    return new Trust(trusted.sslContext(), trusted.trustManager());
  }

  /** The authority's certificate, as PEM in YAML's double quotes. */
  public String authorityPem() {
    return quoted(authority().certificatePem());
  }

  /** Another authority's, which has signed nothing. */
  public String otherAuthorityPem() {
    return quoted(new HeldCertificate.Builder().certificateAuthority(0).build().certificatePem());
  }

  /** A client's certificate and key that the servers accept: an entry of {@code certificates}. */
  public String clientCertificate() {
    HeldCertificate client =
        new HeldCertificate.Builder().signedBy(authority()).commonName("client").build();
    return "{ certFile: %s, keyFile: %s }"
        .formatted(quoted(client.certificatePem()), quoted(client.privateKeyPkcs8Pem()));
  }

  private static String quoted(String pem) {
    return '"' + pem.replace("\n", "\\n") + '"';
  }

  /** A gate for scripts; opens at the latest when the fleet closes. */
  public Gate gate() {
    Gate gate = new Gate();
    open.push(gate::open);
    return gate;
  }

  private <T extends Closeable> T opened(T resource) {
    open.addLast(resource);
    return resource;
  }

  /** Opens every gate, then ends every server. */
  @Override
  public void close() throws IOException {
    for (Closeable resource : open) {
      resource.close();
    }
    open.clear();
  }
}
