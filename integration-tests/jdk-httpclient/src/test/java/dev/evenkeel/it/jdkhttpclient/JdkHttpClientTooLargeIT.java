package dev.evenkeel.it.jdkhttpclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The response to a body that is longer than may be kept, which comes over no connection. */
@ExtendWith(ContractExtension.class)
class JdkHttpClientTooLargeIT implements Contract {
  private static final URI ORDERS = URI.create("http://orders/path?q=1");
  private static final String TEXT = "Request body too large\n";

  private final List<String> seen = new ArrayList<>();

  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void response_isTheLogicalHostsOfEitherVersion(HttpClient.Version version, Stage stage)
      throws Exception {
    TestServer a = limited(stage);
    CookieManager cookies = new CookieManager();
    HttpClient client = client().version(version).cookieHandler(cookies).build();

    HttpResponse<String> response = client.send(tooLong(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo(TEXT);
    assertThat(response.uri()).isEqualTo(ORDERS);
    assertThat(response.request().uri()).isEqualTo(ORDERS);
    assertThat(response.headers().firstValue("content-length")).contains("23");
    assertThat(response.previousResponse()).isEmpty();
    assertThat(response.sslSession()).isEmpty();
    assertThat(a.received()).isEmpty();
    assertThat(stage.balance().server("main", a).inFlight()).isZero();
    assertThat(stage.balance().server("main", a).failures()).isZero();
  }

  @Test
  void body_isReadByHandlersOfEachKind(Stage stage) throws Exception {
    limited(stage);
    HttpClient client = client().build();

    try (InputStream body = client.send(tooLong(), BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo(TEXT);
    }
    assertThat(client.send(tooLong(), BodyHandlers.ofLines()).body()).containsExactly(TEXT.strip());
    assertThat(client.send(tooLong(), BodyHandlers.replacing("none")).body()).isEqualTo("none");
    CompletableFuture<HttpResponse<Integer>> sent =
        client.sendAsync(
            tooLong(),
            response ->
                BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> bytes.length));
    assertThat(sent.get().body()).isEqualTo(TEXT.length());
  }

  @Test
  void handler_thatThrows_failsTheCallWithItsException(Stage stage) throws Exception {
    limited(stage);
    HttpClient client = client().build();
    IllegalStateException its = new IllegalStateException("no handler");

    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            tooLong(),
            response -> {
              throw its;
            });

    assertThatThrownBy(sent::get).hasRootCause(its);
  }

  @Test
  void cookieStore_isToldOfTheResponse(Stage stage) throws Exception {
    limited(stage);
    Told told = new Told();
    HttpClient client = client().cookieHandler(told).build();

    client.send(tooLong(), BodyHandlers.discarding());

    assertThat(told.put.get()).isEqualTo(ORDERS);
  }

  @ParameterizedTest
  @ValueSource(classes = {IOException.class, IllegalStateException.class})
  void cookieStore_thatThrows_failsTheCallAsOneThatIsLeftAlone(
      Class<? extends Exception> kind, Stage stage) throws Exception {
    TestServer a = limited(stage);
    Exception its = kind.getConstructor(String.class).newInstance("no cookies");
    HttpClient client = client().cookieHandler(new Throwing(its)).build();
    HttpRequest alone = HttpRequest.newBuilder(URI.create(a.url())).build();

    for (HttpRequest request : List.of(alone, tooLong())) {
      seen.add(trace(catchThrowable(() -> client.send(request, BodyHandlers.ofString()))));
      seen.add(trace(catchThrowable(client.sendAsync(request, BodyHandlers.ofString())::get)));
    }

    assertThat(seen).hasSize(4).allMatch(trace -> trace.endsWith(its.toString()));
    assertThat(seen.subList(2, 4)).isEqualTo(seen.subList(0, 2));
    assertThat(a.received()).hasSize(2);
  }

  /** An exception and its causes. */
  private static String trace(Throwable thrown) {
    StringJoiner trace = new StringJoiner(" <- ");
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      trace.add(cause.toString());
    }
    return trace.toString();
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1));
  }

  private static HttpRequest tooLong() {
    return HttpRequest.newBuilder(ORDERS)
        .timeout(Duration.ofMinutes(1))
        .POST(BodyPublishers.ofString("123456"))
        .build();
  }

  /** The first server of a service that takes no body of more than five bytes. */
  private static TestServer limited(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: main, fallback: backup, errors: "
                + "{ status: [ 503 ], maxRequestBodyBytes: 5 } } }",
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("backup").server(stage.fleet().http("b")));
    return a;
  }

  /** A cookie store that takes no cookies. Thread-safe. */
  private static final class Throwing extends CookieHandler {
    private final Exception its;

    Throwing(Exception its) {
      this.its = its;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      if (its instanceof IOException failure) {
        throw failure;
      }
      throw (RuntimeException) its;
    }
  }

  /** A cookie store that remembers of which URI it was told. Thread-safe. */
  private static final class Told extends CookieHandler {
    final AtomicReference<URI> put = new AtomicReference<>();

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
      put.set(uri);
    }
  }
}
