package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.FakeTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Future;
import javax.net.ssl.SSLHandshakeException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a transport cannot be spoken, nothing is sent in its place. */
class TransportLimitsTest {
  @RegisterExtension final Rig rig = new Rig();

  private static FakeServer secured(MockWebServer server) {
    return Rig.https(NamedHosts.ONE, server)
        .withTls(new FakeTransport("t1", Rig.withCertificate()));
  }

  private CloseableHttpClient client(HttpClientConnectionOperator operator) {
    return rig.keep(
        HttpClientBuilder.create()
            .disableAutomaticRetries()
            .setConnectionManager(
                new PoolingHttpClientConnectionManager(
                    operator, null, null, TimeValue.NEG_ONE_MILLISECOND, null))
            .build());
  }

  @Test
  void operatorThatForgetsTheScheme_makesNoConnectionToUse() throws Exception {
    MockWebServer server = rig.start("clear");
    rig.balancer.serve("orders", secured(server));
    CloseableHttpClient client = client(new Forgetful(rig.hosts));

    assertThatThrownBy(() -> Rig.get(client, "https://orders/"))
        .isInstanceOf(SSLHandshakeException.class);

    assertThat(server.getRequestCount()).isZero();
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
  }

  @Test
  void asynchronousOperatorThatForgetsTheScheme_makesNoConnectionToUse() throws Exception {
    MockWebServer server = rig.start("clear");
    rig.balancer.serve("orders", secured(server));
    CloseableHttpAsyncClient client =
        rig.started(
            HttpAsyncClientBuilder.create()
                .disableAutomaticRetries()
                .setConnectionManager(
                    new PoolingAsyncClientConnectionManager(
                        new AsyncForgetful(rig.hosts),
                        null,
                        null,
                        TimeValue.NEG_ONE_MILLISECOND,
                        false)));

    assertThatThrownBy(() -> Rig.get(client, "https://orders/"))
        .hasCauseInstanceOf(SSLHandshakeException.class);

    assertThat(server.getRequestCount()).isZero();
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
  }

  @Test
  void operatorOfTheApplication_getsNoServerWithATransport() throws Exception {
    MockWebServer server = rig.start("clear");
    rig.balancer.serve("orders", secured(server));
    rig.balancer.serve("both", secured(server), Rig.http(server));
    CloseableHttpClient client = client(new Foreign(new Forgetful(rig.hosts)));

    assertThatThrownBy(() -> Rig.get(client, "https://orders/"))
        .isInstanceOf(ConnectException.class);
    assertThat(rig.balancer.attempts()).isEmpty();
    assertThat(Rig.get(client, "http://both/")).isEqualTo("clear");
  }

  @Test
  void clientThatSpeaksHttp2Only_doesNotSpeakItWhereTheTransportForbidsIt() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder());
    rig.balancer.serve("orders", secured(server));
    CloseableHttpAsyncClient client =
        rig.started(
            HttpAsyncClientBuilder.create()
                .disableAutomaticRetries()
                .setConnectionManager(
                    rig.asyncConnections()
                        .setDefaultTlsConfig(
                            TlsConfig.custom()
                                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                                .build())
                        .build()));

    assertThatThrownBy(() -> Rig.get(client, "https://orders/"))
        .hasCauseInstanceOf(SSLHandshakeException.class);

    assertThat(server.getRequestCount()).isZero();
  }

  private static HttpHost bare(HttpHost host) {
    return new HttpHost("http", host.getHostName(), host.getPort());
  }

  /** Connects in the clear, whatever it is asked for. */
  private static final class Forgetful extends DefaultHttpClientConnectionOperator {
    Forgetful(DnsResolver hosts) {
      super(null, hosts, scheme -> null);
    }

    @Override
    public void connect(
        ManagedHttpClientConnection connection,
        HttpHost host,
        @Nullable NamedEndpoint name,
        @Nullable Path unixDomainSocket,
        @Nullable InetSocketAddress local,
        @Nullable Timeout timeout,
        SocketConfig config,
        @Nullable Object attachment,
        HttpContext context)
        throws IOException {
      super.connect(
          connection,
          bare(host),
          name,
          unixDomainSocket,
          local,
          timeout,
          config,
          attachment,
          context);
    }
  }

  /** The same, not waiting. */
  private static final class AsyncForgetful extends DefaultAsyncClientConnectionOperator {
    AsyncForgetful(DnsResolver hosts) {
      super(scheme -> null, null, hosts);
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
        ConnectionInitiator initiator,
        HttpHost host,
        @Nullable Path unixDomainSocket,
        @Nullable NamedEndpoint name,
        @Nullable SocketAddress local,
        @Nullable Timeout timeout,
        @Nullable Object attachment,
        HttpContext context,
        FutureCallback<ManagedAsyncClientConnection> callback) {
      return super.connect(
          initiator,
          bare(host),
          unixDomainSocket,
          name,
          local,
          timeout,
          attachment,
          context,
          callback);
    }
  }

  /** An operator that is none of the library's. */
  private record Foreign(HttpClientConnectionOperator operator)
      implements HttpClientConnectionOperator {
    @Override
    public void connect(
        ManagedHttpClientConnection connection,
        HttpHost host,
        @Nullable InetSocketAddress local,
        @Nullable TimeValue timeout,
        SocketConfig config,
        HttpContext context)
        throws IOException {
      operator.connect(connection, host, local, timeout, config, context);
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context)
        throws IOException {
      operator.upgrade(connection, host, context);
    }
  }
}
