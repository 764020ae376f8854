package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.Credentials;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an application hangs into OkHttp sees the logical request. */
@ExtendWith(ContractExtension.class)
class OkHttpViewsIT implements Contract {
  private static final String URL = "http://orders/path?q=1";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Override
  public ClientDriver driver() {
    return new OkHttpDriver();
  }

  @Test
  void interceptors_ofBothKinds_seeTheLogicalRequest(Stage stage) throws IOException {
    stage.balanceOver(stage.fleet().http("a"));

    String server =
        call(
            client ->
                client
                    .addInterceptor(
                        chain -> {
                          seen.add("application " + chain.request().url());
                          return chain.proceed(chain.request());
                        })
                    .addNetworkInterceptor(
                        chain -> {
                          seen.add("network " + chain.request().url());
                          Response response = chain.proceed(chain.request());
                          seen.add("answer of " + response.request().url());
                          return response;
                        }));

    assertThat(server).isEqualTo("a");
    assertThat(seen).containsExactly("application " + URL, "network " + URL, "answer of " + URL);
  }

  /**
   * OkHttp makes the list of the peer's certificates when the application asks for it, and leaves
   * it empty if the client does not trust them.
   */
  @Test
  void handshake_ofAServerWithATransport_canBeRead(Stage stage) throws IOException {
    balanceWithATransport(stage);

    String server =
        call(
            client ->
                client.addNetworkInterceptor(
                    chain -> {
                      Response response = chain.proceed(chain.request());
                      seen.add("certificates " + response.handshake().peerCertificates().size());
                      return response;
                    }));

    assertThat(server).isEqualTo("a");
    assertThat(seen).containsExactly("certificates 0");
  }

  @Test
  void handshake_thatAClientWithoutTlsIsShown_canBeRead(Stage stage) throws IOException {
    balanceWithATransport(stage);

    String server =
        call(
            client ->
                client
                    .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                    .eventListener(
                        new EventListener() {
                          @Override
                          public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
                            seen.add("certificates " + handshake.peerCertificates().size());
                          }
                        }));

    assertThat(server).isEqualTo("a");
    assertThat(seen).containsExactly("certificates 0");
  }

  private static void balanceWithATransport(Stage stage) throws IOException {
    stage
        .balance()
        .applyTransports(
            "{ t: { rootCAs: [ %s ] } }".formatted(stage.fleet().authorityPem()),
            ServiceConfig.named("orders")
                .server(stage.fleet().https("a"))
                .option("serversTransport: t"));
  }

  @Test
  void headers_setByANetworkInterceptor_arrive(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    String server =
        call(
            client ->
                client.addNetworkInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header("X-Trace", "t1").build())));

    assertThat(server).isEqualTo("a");
    assertThat(a.received().get(0).headers("X-Trace")).containsExactly("t1");
  }

  @Test
  void eventListener_seesTheLogicalRequest(Stage stage) throws IOException {
    stage.balanceOver(stage.fleet().http("a"));

    String server =
        call(
            client ->
                client.eventListener(
                    new EventListener() {
                      @Override
                      public void callStart(Call call) {
                        seen.add("start " + call.request().url());
                      }

                      @Override
                      public void requestHeadersEnd(Call call, Request request) {
                        seen.add("sent " + request.url());
                      }

                      @Override
                      public void responseHeadersEnd(Call call, Response response) {
                        seen.add("answer " + response.request().url());
                      }

                      @Override
                      public void callEnd(Call call) {
                        seen.add("end " + call.request().url());
                      }
                    }));

    assertThat(server).isEqualTo("a");
    assertThat(seen).containsExactly("start " + URL, "sent " + URL, "answer " + URL, "end " + URL);
  }

  @Test
  void cache_isKeyedByTheLogicalUrlAndAHitCostsNoAttempt(Stage stage, @TempDir Path folder)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script cacheable =
        request -> new MockResponse.Builder().addHeader("Cache-Control: max-age=60").body("kept");
    a.answers(cacheable);
    b.answers(cacheable);
    stage.balanceOver(a, b);

    try (Cache cache = new Cache(folder.toFile(), 1 << 20)) {
      OkHttpClient client = new OkHttpClient.Builder().cache(cache).build();
      for (int i = 0; i < 4; i++) {
        try (Response response = get(client)) {
          assertThat(response.body().string()).isEqualTo("kept");
        }
      }

      assertThat(cache.hitCount()).isEqualTo(3);
      List<String> urls = new ArrayList<>();
      cache.urls().forEachRemaining(urls::add);
      assertThat(urls).containsExactly(URL);
    }
    assertThat(a.received().size() + b.received().size()).isEqualTo(1);
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
  }

  @Test
  void authenticator_seesTheLogicalRequest(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script guarded =
        request ->
            request.header("Authorization") == null
                ? new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate: Basic realm=\"r\"")
                : new MockResponse.Builder();
    a.answers(guarded);
    b.answers(guarded);
    stage.balanceOver(a, b);

    String server =
        call(
            client ->
                client.authenticator(
                    (route, response) -> {
                      seen.add(response.request().url().toString());
                      return response
                          .request()
                          .newBuilder()
                          .header("Authorization", Credentials.basic("ann", "secret"))
                          .build();
                    }));

    assertThat(server).isIn("a", "b");
    assertThat(seen).containsExactly(URL);
  }

  @Test
  void subclass_thatBuildsItsCallsItself_countsOnce(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    OkHttpClient client =
        new OkHttpClient() {
          @Override
          public Call newCall(Request request) {
            seen.add("subclass " + request.url());
            return super.newCall(request.newBuilder().header("X-Trace", "t1").build());
          }
        };

    for (int i = 0; i < 4; i++) {
      try (Response response = get(client)) {
        assertThat(response.code()).isEqualTo(200);
      }
    }

    assertThat(seen).hasSize(4).containsOnly("subclass " + URL);
    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(2);
      assertThat(server.received().get(0).headers("X-Trace")).containsExactly("t1");
    }
    assertThat(stage.service().getLong("Calls")).isEqualTo(4);
  }

  private static String call(Consumer<OkHttpClient.Builder> setUp) throws IOException {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    setUp.accept(builder);
    try (Response response = get(builder.build())) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.request().url()).hasToString(URL);
      return response.header(TestServer.NAME_HEADER, "none");
    }
  }

  private static Response get(OkHttpClient client) throws IOException {
    return client.newCall(new Request.Builder().url(URL).build()).execute();
  }
}
