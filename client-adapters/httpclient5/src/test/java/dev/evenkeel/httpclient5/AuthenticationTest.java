package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthenticationTest {
  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpClient clientKnowing(AuthScope scope) {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        scope, new UsernamePasswordCredentials("user", "password".toCharArray()));
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
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::status, FakeAttempt::outcome)
        .containsExactly(tuple(401, Outcome.COMPLETED), tuple(200, Outcome.COMPLETED));
  }

  @Test
  void fault_inTheRepeat_leavesItToTheClient() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.plant("again", 0);
    rig.expectFaults();
    CloseableHttpClient client = clientKnowing(new AuthScope("orders", 80));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("welcome");

    assertThat(rig.balancer.faults()).hasSize(1);
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
}
