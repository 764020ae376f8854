package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where calls go, and what servers and application see of them. */
final class BalancingTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void calls_toAService_spreadAsTheBalancerSays() throws Exception {
    FakeServer one = Rig.at("one", rig.server("one"));
    FakeServer two = Rig.at("two", rig.server("two"));
    rig.balancer.service("orders", one, two, one);
    OkHttpClient client = rig.client();

    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(Rig.body(client, "http://orders/"));
    }

    assertThat(answers).containsExactly("one", "two", "one", "one", "two", "one");
  }

  @Test
  void hostHeader_passed_staysLogicalAndRequestLineIsAsSent() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));

    try (Response response =
        rig.client().newCall(Rig.get("http://orders:81/a%20b/%2F;c?q=%20+%26&x")).execute()) {
      RecordedRequest received = Rig.taken(one);
      assertThat(received.getRequestLine()).isEqualTo("GET /a%20b/%2F;c?q=%20+%26&x HTTP/1.1");
      assertThat(received.getHeaders().values("Host")).containsExactly("orders:81");
      assertThat(response.request().url()).hasToString("http://orders:81/a%20b/%2F;c?q=%20+%26&x");
      assertThat(rig.balancer.requests).containsExactly("GET /a%20b/%2F;c?q=%20+%26&x null");
    }
  }

  @Test
  void hostHeader_notPassed_becomesTheServersAndTheApplicationsRequestStays() throws Exception {
    MockWebServer one = rig.server("one");
    FakeServer server = new FakeServer("http", "one.test", one.getPort(), false);
    rig.balancer.service("orders", server);

    try (Response response = rig.client().newCall(Rig.get("http://orders/a?b")).execute()) {
      RecordedRequest received = Rig.taken(one);
      assertThat(received.getRequestLine()).isEqualTo("GET /a?b HTTP/1.1");
      assertThat(received.getHeaders().values("Host")).containsExactly(server.authority());
      assertThat(response.request().url()).hasToString("http://orders/a?b");
      assertThat(response.networkResponse().request().header("Host")).isEqualTo("orders");
    }
  }

  @Test
  void hostHeader_setByTheApplication_arrivesUnchanged() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));
    Request request = Rig.get("http://orders/").newBuilder().header("Host", "shop.example").build();

    rig.client().newCall(request).execute().close();

    assertThat(Rig.taken(one).getHeaders().values("Host")).containsExactly("shop.example");
  }

  @Test
  void clients_ofOtherSettings_eachKeepTheirOwn() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    List<String> asked = new ArrayList<>();
    List<OkHttpClient> clients = new ArrayList<>();
    for (String name : List.of("x", "y")) {
      Dns dns =
          host -> {
            asked.add(name + " asked for " + host);
            return List.of(InetAddress.getLoopbackAddress());
          };
      clients.add(rig.track(Rig.builder().dns(dns).build()));
    }

    for (int i = 0; i < 4; i++) {
      OkHttpClient client = clients.get(i % 2);
      assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
      client.connectionPool().evictAll();
    }

    assertThat(asked)
        .containsExactly(
            "x asked for one.test",
            "y asked for one.test",
            "x asked for one.test",
            "y asked for one.test");
  }

  @Test
  void otherHost_called_costsOneLookupAndNothingElse() throws Exception {
    MockWebServer direct = rig.server("direct");

    String answer = Rig.body(rig.client(), "http://direct.test:" + direct.getPort() + "/x");

    assertThat(answer).isEqualTo("direct");
    assertThat(rig.balancer.lookups).containsExactly("direct.test");
    assertThat(rig.balancer.requests).isEmpty();
    assertThat(rig.balancer.events).isEmpty();
    assertThat(Rig.taken(direct).getHeaders().get("Host"))
        .isEqualTo("direct.test:" + direct.getPort());
  }

  @Test
  void otherHost_unresolvable_failsAsWithoutUs() {
    assertThatThrownBy(() -> Rig.body(rig.client(), "http://unknown/"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("unknown");
  }

  @Test
  void keepAlive_perServer_usesOneConnectionEachAndNoneOfADirectCall() throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer two = rig.server("two");
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", two));
    OkHttpClient client = rig.client();

    for (int i = 0; i < 6; i++) {
      Rig.body(client, "http://orders/");
    }
    Rig.body(client, "http://one.test:" + one.getPort() + "/");

    assertThat(client.connectionPool().connectionCount()).isEqualTo(3);
    for (int exchange = 0; exchange < 3; exchange++) {
      assertThat(Rig.taken(one).getExchangeIndex()).isEqualTo(exchange);
      assertThat(Rig.taken(two).getExchangeIndex()).isEqualTo(exchange);
    }
    RecordedRequest direct = Rig.taken(one);
    assertThat(direct.getConnectionIndex()).isEqualTo(1);
    assertThat(direct.getExchangeIndex()).isZero();
  }

  @Test
  void enqueue_toAService_isBalanced() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.dead("dead"), Rig.at("one", one));
    CompletableFuture<String> answer = new CompletableFuture<>();

    rig.client().newCall(Rig.get("http://orders/")).enqueue(completing(answer));

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("one");
  }

  @Test
  void nestedCall_inANetworkInterceptor_isItsOwn() throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer two = rig.server("two");
    MockWebServer direct = rig.server("direct");
    rig.balancer.service("orders", new FakeServer("http", "one.test", one.getPort(), false));
    rig.balancer.service("stock", Rig.at("two", two));
    OkHttpClient inner = rig.client();
    List<String> nested = new ArrayList<>();
    OkHttpClient outer =
        rig.track(
            Rig.builder()
                .addNetworkInterceptor(
                    chain -> {
                      nested.add(Rig.body(inner, "http://stock/"));
                      nested.add(Rig.body(inner, "http://direct.test:" + direct.getPort()));
                      return chain.proceed(chain.request());
                    })
                .build());

    String answer = Rig.body(outer, "http://orders/");

    assertThat(answer).isEqualTo("one");
    assertThat(nested).containsExactly("two", "direct");
    assertThat(Rig.taken(two).getHeaders().get("Host")).isEqualTo("stock");
    assertThat(Rig.taken(one).getHeaders().get("Host")).isEqualTo("one.test:" + one.getPort());
  }

  @Test
  void networkInterceptor_seesTheLogicalUrlAndMayNotChangeItsHost() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));
    List<String> seen = new ArrayList<>();
    OkHttpClient client =
        rig.track(
            Rig.builder()
                .addNetworkInterceptor(
                    chain -> {
                      seen.add(chain.request().url().toString());
                      return chain.proceed(Rig.get("http://one.test:" + one.getPort() + "/"));
                    })
                .build());

    assertThatThrownBy(() -> Rig.body(client, "http://orders/a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must retain the same host and port");
    assertThat(seen).containsExactly("http://orders/a");
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CANCELLED");
  }

  @Test
  void noServer_available_failsWithThePlainExceptionOfTheBalancer() {
    rig.balancer.service("orders");

    assertThatThrownBy(() -> Rig.body(rig.client(), "http://orders/"))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");
  }

  @Test
  void post_withABody_arrivesWhole() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(Rig.answering(new MockResponse.Builder().code(201).body("made").build()));
    rig.balancer.service("orders", Rig.at("one", one));
    Request request =
        new Request.Builder().url("http://orders/").post(RequestBody.create("abc", null)).build();

    try (Response response = rig.client().newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(201);
      assertThat(response.body().string()).isEqualTo("made");
    }

    assertThat(Rig.taken(one).getBody().utf8()).isEqualTo("abc");
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 201", "end COMPLETED");
  }

  static Callback completing(CompletableFuture<String> answer) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        try (response) {
          answer.complete(response.body().string());
        }
      }
    };
  }
}
