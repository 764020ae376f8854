package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.Weaving;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import net.bytebuddy.agent.ByteBuddyAgent;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.nio.conn.NoopIOSessionStrategy;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.apache.http.nio.reactor.IOReactorException;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers, a balancer and clients for one test; afterwards no attempt may be left open. */
final class Rig implements BeforeEachCallback, AfterEachCallback {
  interface Answer {
    MockResponse.Builder to(RecordedRequest request) throws Exception;
  }

  static final Weaving WEAVING =
      new Weaving(ByteBuddyAgent.install(), new HttpAsyncClient4Adapter());

  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  final FakeBalancer balancer = new FakeBalancer();
  final NamedHosts hosts = new NamedHosts();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private boolean areFaultsExpected;

  @Override
  public void beforeEach(ExtensionContext context) {
    WEAVING.on();
    Evenkeel.install(balancer);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Evenkeel.install(Balancer.NONE);
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
    assertThat(balancer.attempts()).allMatch(FakeAttempt::isEnded);
    if (!areFaultsExpected) {
      assertThat(balancer.faults()).isEmpty();
    }
  }

  void expectFaults() {
    areFaultsExpected = true;
  }

  /** A cleartext server that answers its name. */
  MockWebServer start(String name) throws IOException {
    return start(request -> new MockResponse.Builder().body(name));
  }

  MockWebServer start(Answer answer) throws IOException {
    MockWebServer server = new MockWebServer();
    return start(server, answer);
  }

  /** A TLS server whose certificate holds {@code host} only. */
  MockWebServer startTls(String host, Answer answer) throws IOException {
    return start(tls(host), answer);
  }

  /** The same, of clients that show a certificate only. */
  MockWebServer startMutualTls(String host, Answer answer) throws IOException {
    MockWebServer server = tls(host);
    server.requireClientAuth();
    return start(server, answer);
  }

  /** TLS that trusts the servers' authority and shows a certificate of it. */
  static HandshakeCertificates withCertificate() {
    HeldCertificate own =
        new HeldCertificate.Builder().commonName("own").signedBy(AUTHORITY).build();
    return new HandshakeCertificates.Builder()
        .addTrustedCertificate(AUTHORITY.certificate())
        .heldCertificate(own)
        .build();
  }

  /** A proxy that can tunnel to itself as {@code host}; answers what is enqueued. */
  MockWebServer startTunnel(String host, MockResponse.Builder... answers) throws IOException {
    MockWebServer proxy = tls(host);
    for (MockResponse.Builder answer : answers) {
      proxy.enqueue(answer.build());
    }
    return start(proxy);
  }

  private static MockWebServer tls(String host) {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(host).signedBy(AUTHORITY).build();
    MockWebServer server = new MockWebServer();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(AUTHORITY.certificate())
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    return server;
  }

  private MockWebServer start(MockWebServer server, Answer answer) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            try {
              return answer.to(request).build();
            } catch (Exception e) {
              return new MockResponse.Builder().code(599).body(e.toString()).build();
            }
          }
        });
    return start(server);
  }

  private MockWebServer start(MockWebServer server) throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
    opened.add(server);
    return server;
  }

  static FakeServer http(MockWebServer server) {
    return new FakeServer("http", NamedHosts.ONE, server.getPort(), true);
  }

  static FakeServer https(String host, MockWebServer server) {
    return new FakeServer("https", host, server.getPort(), true);
  }

  /** A server where nobody listens. */
  static FakeServer dead() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new FakeServer("http", NamedHosts.TWO, socket.getLocalPort(), true);
    }
  }

  /** Connections that trust the servers' authority and cannot resolve a logical name. */
  PoolingNHttpClientConnectionManager connections() {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate()).build();
    try {
      return new PoolingNHttpClientConnectionManager(
          new DefaultConnectingIOReactor(),
          null,
          RegistryBuilder.<SchemeIOSessionStrategy>create()
              .register("http", NoopIOSessionStrategy.INSTANCE)
              .register("https", new SSLIOSessionStrategy(trust.sslContext()))
              .build(),
          hosts);
    } catch (IOReactorException e) {
      throw new AssertionError(e);
    }
  }

  /** A client that trusts the servers' authority and cannot resolve a logical name. */
  HttpAsyncClientBuilder builder() {
    return HttpAsyncClientBuilder.create().setConnectionManager(connections());
  }

  CloseableHttpAsyncClient client() {
    return keep(builder().build());
  }

  /** Starts {@code client}, and has it closed after the test. */
  CloseableHttpAsyncClient keep(CloseableHttpAsyncClient client) {
    opened.add(0, client);
    client.start();
    return client;
  }

  static String get(CloseableHttpAsyncClient client, String url) throws Exception {
    return send(client, new HttpGet(url));
  }

  static String send(CloseableHttpAsyncClient client, HttpUriRequest request) throws Exception {
    return send(client, request, HttpClientContext.create());
  }

  /** Throws what the client's future says, as it was. */
  static String send(
      CloseableHttpAsyncClient client, HttpUriRequest request, HttpClientContext context)
      throws Exception {
    try {
      HttpResponse response = client.execute(request, context, null).get(20, TimeUnit.SECONDS);
      return EntityUtils.toString(response.getEntity());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The next request that {@code server} got. */
  static RecordedRequest taken(MockWebServer server) throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request to %s", server).isNotNull();
    return request;
  }
}
