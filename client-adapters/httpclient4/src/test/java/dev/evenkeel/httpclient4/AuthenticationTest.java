package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import java.io.ByteArrayInputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.NonRepeatableRequestException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthenticationTest {
  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpClient clientKnowing(AuthScope scope) {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(scope, new UsernamePasswordCredentials("user", "password"));
    return rig.keep(rig.builder().setDefaultCredentialsProvider(credentials).build());
  }

  private static MockResponse.Builder guarded(RecordedRequest request, String closing) {
    return request.getHeaders().get("Authorization") == null
        ? new MockResponse.Builder()
            .code(401)
            .setHeader("WWW-Authenticate", "Basic realm=\"orders\"")
            .setHeader("Connection", closing)
            .body("who are you?")
        : new MockResponse.Builder().body("welcome");
  }

  @Test
  void challenge_onAKeptConnection_isAnsweredToTheSameServer() throws Exception {
    MockWebServer first = rig.start(r -> guarded(r, "keep-alive"));
    MockWebServer second = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(first).withOwnHostHeader(), Rig.http(second));
    CloseableHttpClient client = clientKnowing(new AuthScope("orders", 80));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("welcome");

    assertThat(rig.balancer.asked()).hasSize(1);
    assertThat(Rig.taken(first).getHeaders().get("Authorization")).isNull();
    RecordedRequest repeated = Rig.taken(first);
    assertThat(repeated.getHeaders().get("Authorization")).startsWith("Basic ");
    assertThat(repeated.getHeaders().get("Host")).isEqualTo(NamedHosts.ONE + ":" + first.getPort());
    assertThat(repeated.getConnectionIndex()).isZero();
    assertThat(second.getRequestCount()).isZero();
    assertThat(rig.balancer.onlyAttempt().status()).isEqualTo(200);
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void challenge_onAClosedConnection_isAnsweredToTheSameServer() throws Exception {
    MockWebServer first = rig.start(r -> guarded(r, "close"));
    MockWebServer second = rig.start(r -> guarded(r, "close"));
    rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
    CloseableHttpClient client = clientKnowing(new AuthScope("orders", 80));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("welcome");

    assertThat(first.getRequestCount()).isEqualTo(2);
  }

  @Test
  void credentials_ofTheServer_areNotUsed() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpClient client = clientKnowing(new AuthScope(NamedHosts.ONE, server.getPort()));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("who are you?");
  }

  @Test
  void bodyThatCannotBeRepeated_afterAChallenge_isNoFailureOfTheServer() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpClient client = clientKnowing(new AuthScope("orders", 80));
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[] {1})));

    assertThatThrownBy(() -> Rig.send(client, post))
        .hasRootCauseInstanceOf(NonRepeatableRequestException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void preemptiveCredentials_ofTheLogicalHost_areSentAtOnce() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpClient client = clientKnowing(new AuthScope("orders", 80));
    HttpClientContext context = HttpClientContext.create();
    for (int i = 0; i < 2; i++) {
      String answer =
          client.execute(
              new HttpGet("http://orders/"), r -> EntityUtils.toString(r.getEntity()), context);
      assertThat(answer).isEqualTo("welcome");
    }

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(context.getAuthCache().get(new HttpHost("orders"))).isNotNull();
  }
}
