package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of our own. Here the logical host resolves, so that a call that is left alone arrives. */
final class FaultTest {
  @RegisterExtension final Rig rig = new Rig();

  @ParameterizedTest
  @ValueSource(strings = {"open", "reader", "next", "server"})
  void fault_beforeTheRequestIsSent_leavesTheCallAlone(String point) throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer logical = rig.server("logical");
    rig.balancer.service("orders.test", Rig.at("one", one));
    rig.plant(point);

    Answer answer = post(rig.client(), logical);

    assertThat(answer).isEqualTo(new Answer(200, "logical"));
    assertThat(Rig.taken(logical).getBody().utf8()).isEqualTo("abc");
    assertThat(logical.getRequestCount()).isEqualTo(1);
    assertThat(one.getRequestCount()).isZero();
    assertThat(rig.balancer.faults)
        .extracting(Throwable::getMessage)
        .containsExactly("planted in " + point);
  }

  @Test
  void fault_whileMoving_leavesTheCallAlone() throws Exception {
    MockWebServer logical = rig.server("logical");
    rig.balancer.service("orders.test", Rig.dead("dead"), Rig.at("one", rig.server("one")));
    rig.plant("next again");

    Answer answer = post(rig.client(), logical);

    assertThat(answer).isEqualTo(new Answer(200, "logical"));
    assertThat(rig.balancer.events).containsExactly("begin dead.test", "end CONNECT_FAILED");
    assertThat(rig.balancer.faults).hasSize(1);
  }

  @Test
  void fault_inTheExceptionForNoServer_leavesTheCallAlone() throws Exception {
    MockWebServer logical = rig.server("logical");
    rig.balancer.service("orders.test");
    rig.plant("unavailable");

    assertThat(post(rig.client(), logical)).isEqualTo(new Answer(200, "logical"));
    assertThat(rig.balancer.faults).hasSize(1);
  }

  @Test
  void server_thatOkHttpCannotName_leavesTheCallAlone() throws Exception {
    MockWebServer logical = rig.server("logical");
    rig.balancer.service("orders.test", new FakeServer("http", "not a host", 80, true));
    rig.plant("");

    assertThat(post(rig.client(), logical)).isEqualTo(new Answer(200, "logical"));
    assertThat(rig.balancer.faults).hasSize(1);
    assertThat(rig.balancer.events).containsExactly("begin not a host", "end CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"answered", "setCookie", "end"})
  void fault_afterTheRequestWasSent_givesTheResponseOnce(String point) throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer logical = rig.server("logical");
    rig.balancer.service("orders.test", Rig.at("one", one));
    rig.plant(point);

    Answer answer = post(rig.client(), logical);

    assertThat(answer).isEqualTo(new Answer(200, "one"));
    assertThat(one.getRequestCount()).isEqualTo(1);
    assertThat(logical.getRequestCount()).isZero();
    assertThat(rig.balancer.faults).isNotEmpty();
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end COMPLETED");
  }

  @Test
  void fault_whileDecorating_givesTheRealResponse() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders.test", Rig.at("one", one));
    rig.balancer.setCookie = "not\na header";
    rig.plant("");

    assertThat(post(rig.client(), rig.server("logical"))).isEqualTo(new Answer(200, "one"));
    assertThat(one.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.faults).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AddressAdvice", "PlannerAdvice"})
  void hook_thatIsMissing_leavesTheCallAlone(String advice) throws Exception {
    MockWebServer logical = rig.server("logical");
    rig.balancer.service("orders.test", Rig.at("one", rig.server("one")));
    rig.plant("");
    Hooks.switchOff(advice);

    assertThat(post(rig.client(), logical)).isEqualTo(new Answer(200, "logical"));
    assertThat(rig.balancer.faults)
        .extracting(Throwable::getMessage)
        .containsExactly("a hook of OkHttp is not in force");
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CANCELLED");
  }

  @Test
  void hookOfTheBody_thatIsMissing_stillEndsTheAttempt() throws Exception {
    rig.balancer.service("orders.test", Rig.at("one", rig.server("one")));
    Hooks.switchOff("BodyAdvice");

    assertThat(post(rig.client(), rig.server("logical"))).isEqualTo(new Answer(200, "one"));
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end COMPLETED");
  }

  @Test
  void hooks_switchedOffDuringACall_letItFinish() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders.test", Rig.at("one", one));
    CountDownLatch received = new CountDownLatch(1);
    CountDownLatch off = new CountDownLatch(1);
    one.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            received.countDown();
            boolean isOff = off.await(10, TimeUnit.SECONDS);
            return new MockResponse.Builder().body(isOff ? "one" : "too late").build();
          }
        });
    CompletableFuture<String> answer = new CompletableFuture<>();
    rig.client().newCall(Rig.get("http://orders.test/")).enqueue(BalancingTest.completing(answer));

    assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
    Hooks.switchOff("ConnectAdvice", "PlannerAdvice", "AddressAdvice", "WireAdvice", "BodyAdvice");
    off.countDown();

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("one");
    assertThat(one.getRequestCount()).isEqualTo(1);
  }

  private Answer post(OkHttpClient client, MockWebServer logical) throws Exception {
    Request request =
        new Request.Builder()
            .url("http://orders.test:" + logical.getPort() + "/")
            .post(RequestBody.create("abc", null))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return new Answer(response.code(), response.body().string());
    }
  }

  private record Answer(int status, String body) {}
}
