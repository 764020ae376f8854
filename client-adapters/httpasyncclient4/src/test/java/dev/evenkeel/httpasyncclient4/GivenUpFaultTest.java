package dev.evenkeel.httpasyncclient4;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.GivingUp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.BasicAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call ends with that cannot go on after an answer was given up, or does so by itself. */
class GivenUpFaultTest {
  private static final HttpHost ORDERS = new HttpHost("orders");
  private static final Rig.Answer ECHO =
      request -> new MockResponse.Builder().body("echo " + request.getBody().utf8());
  private static final Rig.Answer SORRY = request -> new MockResponse.Builder().code(503);

  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpAsyncClient client(boolean isMinimal) {
    return isMinimal ? rig.keep(HttpAsyncClients.createMinimal(rig.connections())) : rig.client();
  }

  private List<Outcome> outcomes() {
    return rig.balancer.attempts().stream().map(FakeAttempt::outcome).toList();
  }

  @Test
  void faultOfOurs_inAThirdAttempt_leavesTheCallAloneWithAllOfItsBody() throws Exception {
    rig.expectFaults();
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(rig.start(SORRY)), Rig.dead());
    rig.balancer.plant("next", 2);
    Evenkeel.install(new GivingUp(rig.balancer, 503));
    HttpPost post =
        new HttpPost("http://" + NamedHosts.PLAIN + ":" + rig.start(ECHO).getPort() + "/");
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream("once".getBytes(US_ASCII))));

    assertThat(Rig.send(rig.client(), post)).isEqualTo("echo once");

    assertThat(outcomes()).containsExactly(Outcome.COMPLETED, Outcome.CONNECT_FAILED);
    assertThat(rig.balancer.faults()).singleElement().asString().contains("planted in next");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noServerAfterAnAnswerWasGivenUp_isToldAsSuch(boolean isMinimal) throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start(SORRY)));
    Evenkeel.install(new GivingUp(rig.balancer, 503));

    Future<HttpResponse> call = client(isMinimal).execute(ORDERS, new HttpGet("/"), null);

    assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
        .hasCauseExactlyInstanceOf(ConnectException.class)
        .hasRootCauseMessage("service orders: no server available");
    assertThat(outcomes()).containsExactly(Outcome.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyThatCannotBeginAnew_isTheApplicationsOwnFailure(boolean isMinimal) throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start(SORRY)), Rig.http(rig.start(ECHO)), Rig.dead());
    Evenkeel.install(new GivingUp(rig.balancer, 503));
    HttpPost post = new HttpPost("/");
    post.setEntity(new StringEntity("body"));
    HttpAsyncRequestProducer producer = new BegunTwice(post);

    Future<HttpResponse> call =
        client(isMinimal).execute(producer, HttpAsyncMethods.createConsumer(), null);

    assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
        .hasCauseExactlyInstanceOf(IOException.class)
        .hasRootCauseMessage("disk");
    assertThat(outcomes()).containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }

  /** The client itself begins a body anew once it is sent whole, and only then. */
  private static final class BegunTwice extends BasicAsyncRequestProducer {
    private boolean isSent;

    BegunTwice(HttpUriRequest request) {
      super(ORDERS, request);
    }

    @Override
    public void resetRequest() throws IOException {
      if (isSent) {
        throw new IOException("disk");
      }
      isSent = true;
      super.resetRequest();
    }
  }
}
