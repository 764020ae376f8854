package dev.evenkeel.httpclient5;

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
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import net.bytebuddy.agent.ByteBuddyAgent;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers, a balancer and clients for one test; afterwards no attempt may be left open. */
final class Rig implements BeforeEachCallback, AfterEachCallback {
  interface Answer {
    MockResponse.Builder to(RecordedRequest request) throws Exception;
  }

  static final Weaving WEAVING = new Weaving(ByteBuddyAgent.install(), new HttpClient5Adapter());

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

  /** A cleartext server that speaks HTTP/2 only, and answers its name. */
  MockWebServer startHttp2(String name) throws IOException {
    return startHttp2(request -> new MockResponse.Builder().body(name));
  }

  MockWebServer startHttp2(Answer answer) throws IOException {
    MockWebServer server = new MockWebServer();
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    return start(server, answer);
  }

  /** A TLS server whose certificate holds {@code host} only. */
  MockWebServer startTls(String host, Answer answer) throws IOException {
    return start(tls(host), answer);
  }

  /** The same, for clients that show a certificate of the authority's. */
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
            .heldCertificate(certificate)
            .addTrustedCertificate(AUTHORITY.certificate())
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

  PoolingHttpClientConnectionManagerBuilder connections() {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate()).build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(hosts)
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust.sslContext()));
  }

  /** A client that trusts the servers' authority and cannot resolve a logical name. */
  HttpClientBuilder builder() {
    return HttpClientBuilder.create().setConnectionManager(connections().build());
  }

  CloseableHttpClient client() {
    return keep(builder().build());
  }

  /** An asynchronous client with the same trust and names. */
  HttpAsyncClientBuilder asyncBuilder() {
    return HttpAsyncClientBuilder.create().setConnectionManager(asyncConnections().build());
  }

  PoolingAsyncClientConnectionManagerBuilder asyncConnections() {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setDnsResolver(hosts)
        .setTlsStrategy(trustingTls());
  }

  /** TLS that trusts the servers' authority, for clients without a connection manager. */
  static TlsStrategy trustingTls() {
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate()).build();
    return ClientTlsStrategyBuilder.create().setSslContext(trust.sslContext()).buildAsync();
  }

  CloseableHttpAsyncClient asyncClient() {
    return started(asyncBuilder());
  }

  /** Builds and starts; the client is closed after the test. */
  CloseableHttpAsyncClient started(HttpAsyncClientBuilder builder) {
    CloseableHttpAsyncClient client = keep(builder.build());
    client.start();
    return client;
  }

  /** Has {@code closeable} closed after the test. */
  <T extends AutoCloseable> T keep(T closeable) {
    opened.add(0, closeable);
    return closeable;
  }

  static String get(CloseableHttpClient client, String url) throws IOException {
    return send(client, new HttpGet(url));
  }

  static String send(CloseableHttpClient client, ClassicHttpRequest request) throws IOException {
    return client.execute(request, response -> EntityUtils.toString(response.getEntity()));
  }

  static String get(CloseableHttpAsyncClient client, String url) throws Exception {
    return send(client, SimpleRequestBuilder.get(url).build());
  }

  static String send(CloseableHttpAsyncClient client, SimpleHttpRequest request) throws Exception {
    return client.execute(request, null).get(10, TimeUnit.SECONDS).getBodyText();
  }

  /** The next request that {@code server} got. */
  static RecordedRequest taken(MockWebServer server) throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request to %s", server).isNotNull();
    return request;
  }

  /** A client that never repeats a request by itself. */
  CloseableHttpClient clientWithoutRetries() {
    return keep(builder().disableAutomaticRetries().build());
  }

  static final TimeValue NO_WAIT = TimeValue.ZERO_MILLISECONDS;
}
