package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.conn.HttpHostConnectException;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailoverTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void connectFailure_withRetriesDisabled_movesToAnotherServer() throws Exception {
    rig.balancer.serve("orders", Rig.dead(), Rig.http(rig.start("alive")));

    assertThat(Rig.get(rig.clientWithoutRetries(), "http://orders/")).isEqualTo("alive");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
    assertThat(rig.balancer.asked()).hasSize(1);
  }

  @Test
  void unknownServerName_movesToAnotherServer() throws Exception {
    FakeServer unknown = new FakeServer("http", "unknown.servers.test", 80, true);
    rig.balancer.serve("orders", unknown, Rig.http(rig.start("alive")));

    assertThat(Rig.get(rig.clientWithoutRetries(), "http://orders/")).isEqualTo("alive");
  }

  @Test
  void oneShotBody_afterConnectFailures_isSentOnce() throws Exception {
    MockWebServer alive = rig.start("alive");
    rig.balancer.serve("orders", Rig.dead(), Rig.dead(), Rig.http(alive));
    HttpPost post = new HttpPost("http://orders/");
    byte[] body = "only once".getBytes(StandardCharsets.UTF_8);
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream(body)));

    assertThat(Rig.send(rig.client(), post)).isEqualTo("alive");

    assertThat(Rig.taken(alive).getBody().utf8()).isEqualTo("only once");
    assertThat(alive.getRequestCount()).isEqualTo(1);
  }

  @Test
  void allServersRefusing_endWithTheClientsOwnException() throws Exception {
    rig.balancer.serve("orders", Rig.dead(), Rig.dead());
    CloseableHttpClient client = rig.clientWithoutRetries();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(HttpHostConnectException.class);

    assertThat(rig.balancer.attempts())
        .hasSize(2)
        .allMatch(attempt -> attempt.outcome() == Outcome.CONNECT_FAILED);
  }

  @Test
  void noServer_endsWithTheBalancersPlainException() {
    rig.balancer.serve("orders");
    CloseableHttpClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");

    assertThat(rig.hosts.asked()).isEmpty();
  }

  @Test
  void responseTimeout_isNotTriedElsewhere() throws Exception {
    MockWebServer silent =
        rig.start(r -> new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.http(silent), Rig.http(other));
    RequestConfig config = RequestConfig.custom().setSocketTimeout(200).build();
    CloseableHttpClient client =
        rig.keep(rig.builder().setDefaultRequestConfig(config).disableAutomaticRetries().build());

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isInstanceOf(SocketTimeoutException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void clientsOwnRetry_isAFreshExchange() throws Exception {
    MockWebServer broken =
        rig.start(
            r ->
                new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket(true, false, false)));
    rig.balancer.serve("orders", Rig.http(broken), Rig.http(rig.start("alive")));
    CloseableHttpClient client =
        rig.keep(rig.builder().setRetryHandler(new DefaultHttpRequestRetryHandler()).build());

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("alive");

    assertThat(rig.balancer.asked()).hasSize(2);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.IO_FAILED, Outcome.COMPLETED);
  }

  @Test
  void connectionLostBeforeTheAnswer_isNotTriedElsewhereByUs() throws Exception {
    MockWebServer broken =
        rig.start(
            r ->
                new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket(true, false, false)));
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.http(broken), Rig.http(other));
    CloseableHttpClient client = rig.clientWithoutRetries();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isInstanceOf(NoHttpResponseException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void exhaustedPool_isTheClientsOwnLimitAndMovesNowhere() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    PoolingHttpClientConnectionManager onlyOne = rig.connections(rig.hosts);
    onlyOne.setMaxTotal(1);
    RequestConfig impatient = RequestConfig.custom().setConnectionRequestTimeout(50).build();
    CloseableHttpClient client =
        rig.keep(
            rig.builder()
                .setConnectionManager(onlyOne)
                .setDefaultRequestConfig(impatient)
                .disableAutomaticRetries()
                .build());

    client.execute(
        new HttpGet("http://orders/"),
        first -> {
          assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
              .isInstanceOf(ConnectionPoolTimeoutException.class);
          return null;
        });

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }

  @Test
  void abort_whileConnecting_movesNowhere() throws Exception {
    HttpGet get = new HttpGet("http://orders/");
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.dead(), Rig.http(other));
    CloseableHttpClient client =
        rig.keep(
            rig.builder().setConnectionManager(rig.connections(new AbortingHosts(get))).build());

    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(IOException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(other.getRequestCount()).isZero();
  }
}
