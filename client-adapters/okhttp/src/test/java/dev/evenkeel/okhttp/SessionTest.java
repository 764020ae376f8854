package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Cache;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Cookies, redirects, authentication and cache: all by the logical host. */
final class SessionTest {
  @RegisterExtension final Rig rig = new Rig();
  @TempDir private Path folder;

  @Test
  void cookies_ofServerAndSession_areKeptForTheLogicalHost() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(new MockResponse.Builder().addHeader("Set-Cookie", "own=1").build()));
    rig.balancer.service("orders", Rig.at("one", one));
    rig.balancer.setCookie = "lb=abc; Path=/";
    Jar jar = new Jar();
    OkHttpClient client = rig.track(Rig.builder().cookieJar(jar).build());

    try (Response first = client.newCall(Rig.get("http://orders/a")).execute()) {
      assertThat(first.headers("Set-Cookie")).containsExactly("own=1", "lb=abc; Path=/");
    }
    rig.balancer.setCookie = null;
    client.newCall(Rig.get("http://orders/b")).execute().close();

    assertThat(jar.byHost).containsOnlyKeys("orders");
    assertThat(rig.balancer.requests).containsExactly("GET /a null", "GET /b own=1; lb=abc");
    assertThat(Rig.taken(one).getHeaders().get("Cookie")).isNull();
    assertThat(Rig.taken(one).getHeaders().get("Cookie")).isEqualTo("own=1; lb=abc");
  }

  @Test
  void secureCookie_ofALogicalHttpsHost_isSentToAnHttpServer() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(new MockResponse.Builder().addHeader("Set-Cookie", "s=1; Secure").build()));
    rig.balancer.service("orders", Rig.at("one", one));
    OkHttpClient client = rig.track(Rig.builder().cookieJar(new Jar()).build());

    client.newCall(Rig.get("https://orders/")).execute().close();
    client.newCall(Rig.get("https://orders/")).execute().close();

    assertThat(Rig.taken(one).getHeaders().get("Cookie")).isNull();
    assertThat(Rig.taken(one).getHeaders().get("Cookie")).isEqualTo("s=1");
  }

  @Test
  void redirect_toABalancedHost_isBalancedAnew() throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer two = rig.server("two");
    one.setDispatcher(Rig.answering(redirect("/next")));
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", two));

    try (Response response = rig.client().newCall(Rig.get("http://orders/first")).execute()) {
      assertThat(response.body().string()).isEqualTo("two");
      assertThat(response.request().url()).hasToString("http://orders/next");
      assertThat(response.priorResponse().request().url()).hasToString("http://orders/first");
    }

    assertThat(rig.balancer.requests).containsExactly("GET /first null", "GET /next null");
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin one.test",
            "answered 302",
            "end COMPLETED",
            "begin two.test",
            "answered 200",
            "end COMPLETED");
  }

  @Test
  void redirect_betweenTwoServersOfTheSamePort_changesTheConnection() throws Exception {
    MockWebServer shared = rig.server("shared");
    shared.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getTarget().equals("/")
                ? redirect("/next")
                : new MockResponse.Builder().body("done").build();
          }
        });
    FakeServer passing = new FakeServer("http", "one.test", shared.getPort(), true);
    FakeServer naming = new FakeServer("http", "one.test", shared.getPort(), false);
    rig.balancer.service("orders", passing, naming);

    String answer = Rig.body(rig.client(), "http://orders/");

    assertThat(answer).isEqualTo("done");
    assertThat(Rig.taken(shared).getHeaders().get("Host")).isEqualTo("orders");
    assertThat(Rig.taken(shared).getHeaders().get("Host")).isEqualTo(naming.authority());
  }

  @Test
  void redirect_elsewhere_goesDirect() throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer direct = rig.server("direct");
    String elsewhere = "http://direct.test:" + direct.getPort() + "/there";
    one.setDispatcher(Rig.answering(redirect(elsewhere)));
    rig.balancer.service("orders", Rig.at("one", one));

    try (Response response = rig.client().newCall(Rig.get("http://orders/")).execute()) {
      assertThat(response.body().string()).isEqualTo("direct");
      assertThat(response.request().url()).hasToString(elsewhere);
    }

    assertThat(Rig.taken(direct).getHeaders().get("Host"))
        .isEqualTo("direct.test:" + direct.getPort());
    assertThat(rig.balancer.lookups).containsExactly("orders", "direct.test");
  }

  @Test
  void redirect_toTheServersOwnUrl_isWrittenAsTheApplicationWould() throws Exception {
    MockWebServer one = rig.server("one");
    FakeServer server = new FakeServer("http", "one.test", one.getPort(), false);
    one.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getTarget().equals("/")
                ? redirect(server.url() + "/next")
                : new MockResponse.Builder().body("done").build();
          }
        });
    rig.balancer.service("orders", server);

    Request request = Rig.get("http://orders/").newBuilder().header("Host", "shop.example").build();

    try (Response response = rig.client().newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo("done");
    }

    assertThat(Rig.taken(one).getHeaders().get("Host")).isEqualTo(server.authority());
    assertThat(Rig.taken(one).getHeaders().get("Host")).isEqualTo("shop.example");
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 302", "end COMPLETED");
  }

  @Test
  void authenticator_onAChallenge_seesTheLogicalRequestAndIsBalancedAnew() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(Rig.answering(new MockResponse.Builder().code(401).build()));
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", rig.server("two")));
    OkHttpClient client =
        rig.track(
            Rig.builder()
                .authenticator(
                    (route, response) -> {
                      assertThat(response.request().url()).hasToString("http://orders/");
                      return response.request().newBuilder().header("Authorization", "x").build();
                    })
                .build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("two");
  }

  @Test
  void authenticator_thatFails_endsTheAttempt() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(new MockResponse.Builder().code(401).body("who are you").build()));
    rig.balancer.service("orders", Rig.at("one", one));
    OkHttpClient client =
        rig.track(
            Rig.builder()
                .authenticator(
                    (route, response) -> {
                      throw new IOException("no keys");
                    })
                .build());

    assertThat(catchThrowable(() -> Rig.body(client, "http://orders/"))).hasMessage("no keys");
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 401", "end CANCELLED");
  }

  @Test
  void cache_ofALogicalHttpsHostOnAnHttpServer_storesAndHitsWithoutAChoice() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(
            new MockResponse.Builder().addHeader("Cache-Control", "max-age=60").body("x").build()));
    rig.balancer.service("orders", Rig.at("one", one));
    try (Cache cache = new Cache(folder.toFile(), 100_000)) {
      OkHttpClient client = rig.track(Rig.builder().cache(cache).build());

      String first = Rig.body(client, "https://orders/");
      String second = Rig.body(client, "https://orders/");

      assertThat(List.of(first, second)).containsExactly("x", "x");
      assertThat(cache.hitCount()).isEqualTo(1);
      assertThat(cache.urls().next()).isEqualTo("https://orders/");
    }
    assertThat(rig.balancer.lookups).containsExactly("orders");
    assertThat(one.getRequestCount()).isEqualTo(1);
  }

  @Test
  void cache_revalidating_countsTheShortAnswerAsComplete() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getHeaders().get("If-None-Match") == null
                ? new MockResponse.Builder().addHeader("ETag", "\"1\"").body("x").build()
                : new MockResponse.Builder().code(304).build();
          }
        });
    rig.balancer.service("orders", Rig.at("one", one));
    try (Cache cache = new Cache(folder.toFile(), 100_000)) {
      OkHttpClient client = rig.track(Rig.builder().cache(cache).build());

      Rig.body(client, "http://orders/");
      assertThat(Rig.body(client, "http://orders/")).isEqualTo("x");
    }

    assertThat(rig.balancer.events)
        .containsExactly(
            "begin one.test",
            "answered 200",
            "end COMPLETED",
            "begin one.test",
            "answered 304",
            "end COMPLETED");
  }

  @Test
  void cookieHeaders_writtenByHand_areReadTogether() {
    Request request =
        Rig.get("http://orders/")
            .newBuilder()
            .addHeader("Cookie", "a=1")
            .addHeader("cookie", "b=2")
            .addHeader("X-Id", "7")
            .addHeader("X-Id", "8")
            .build();

    assertThat(OkHttpRequestReader.INSTANCE.cookies(request)).isEqualTo("a=1; b=2");
    assertThat(OkHttpRequestReader.INSTANCE.header(request, "x-ID")).isEqualTo("7");
    assertThat(OkHttpRequestReader.INSTANCE.header(request, "Y")).isNull();
    assertThat(OkHttpRequestReader.INSTANCE.target(request)).isEqualTo("/");
  }

  private static MockResponse redirect(String location) {
    return new MockResponse.Builder()
        .code(302)
        .addHeader("Location", location)
        .body("go there")
        .build();
  }

  private static final class Jar implements CookieJar {
    final Map<String, List<Cookie>> byHost = new ConcurrentHashMap<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
      byHost.put(url.host(), cookies);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return byHost.getOrDefault(url.host(), List.of());
    }
  }
}
