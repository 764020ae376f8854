package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One test's balancer, servers and client. Names ending in {@code .test} are loopback, every other
 * one does not resolve. After each test no attempt may be open and no advice may have thrown. Not
 * thread-safe; one per test.
 */
final class Rig implements BeforeEachCallback, AfterEachCallback {
  static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  final FakeBalancer balancer = new FakeBalancer();
  private final List<MockWebServer> servers = new ArrayList<>();
  private final List<OkHttpClient> clients = new ArrayList<>();
  private boolean isFaultExpected;

  @Override
  public void beforeEach(ExtensionContext context) {
    Hooks.install();
    Evenkeel.install(balancer);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    balancer.awaitIdle();
    Hooks.switchOff();
    Evenkeel.install(Balancer.NONE);
    for (OkHttpClient client : clients) {
      client.dispatcher().cancelAll();
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
    for (MockWebServer server : servers) {
      server.close();
    }
    assertThat(Hooks.drainSuppressed()).isEmpty();
    assertThat(balancer.inFlight()).as("open attempts: " + balancer.events).isZero();
    if (!isFaultExpected) {
      assertThat(balancer.faults).isEmpty();
    }
  }

  /** Makes the balancer fail at a point. */
  void plant(String point) {
    isFaultExpected = true;
    balancer.planted = point;
  }

  /** A server that answers each request with its name. */
  MockWebServer server(String name) throws IOException {
    MockWebServer server = new MockWebServer();
    server.setDispatcher(answering(new MockResponse.Builder().body(name).build()));
    server.start(InetAddress.getLoopbackAddress(), 0);
    servers.add(server);
    return server;
  }

  /** The same behind TLS, with a certificate for {@code <certified>.test} only. */
  MockWebServer tlsServer(String name, String certified) throws IOException {
    MockWebServer server = new MockWebServer();
    server.setDispatcher(answering(new MockResponse.Builder().body(name).build()));
    HeldCertificate certificate =
        new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .addSubjectAlternativeName(certified + ".test")
            .build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    server.start(InetAddress.getLoopbackAddress(), 0);
    servers.add(server);
    return server;
  }

  static Dispatcher answering(MockResponse response) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return response;
      }
    };
  }

  /** A server's entry in the balancer, reached as {@code <name>.test}, keeping the logical Host. */
  static FakeServer at(String name, MockWebServer server) {
    return new FakeServer("http", name + ".test", server.getPort(), true);
  }

  static FakeServer tlsAt(String name, MockWebServer server) {
    return new FakeServer("https", name + ".test", server.getPort(), true);
  }

  /** An entry whose port nobody listens on. */
  static FakeServer dead(String name) throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new FakeServer("http", name + ".test", closed.getLocalPort(), true);
    }
  }

  OkHttpClient client() {
    return track(builder().build());
  }

  OkHttpClient track(OkHttpClient client) {
    clients.add(client);
    return client;
  }

  /** A client that trusts {@link #AUTHORITY} only. */
  static OkHttpClient.Builder builder() {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate()).build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
        .callTimeout(Duration.ofSeconds(20))
        .dns(Rig::lookup);
  }

  private static List<InetAddress> lookup(String host) throws UnknownHostException {
    if (host.endsWith(".test")) {
      return List.of(InetAddress.getLoopbackAddress());
    }
    throw new UnknownHostException(host);
  }

  static Request get(String url) {
    return new Request.Builder().url(url).build();
  }

  /** The body of the response to a GET. */
  static String body(OkHttpClient client, String url) throws IOException {
    try (Response response = client.newCall(get(url)).execute()) {
      return response.body().string();
    }
  }

  static RecordedRequest taken(MockWebServer server) throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS), "no request came");
  }
}
