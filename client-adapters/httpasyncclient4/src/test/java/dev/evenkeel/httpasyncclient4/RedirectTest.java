package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import dev.evenkeel.testkit.fake.FakeAttempt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.http.HttpException;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A redirect that is followed is an exchange of its own, wherever it comes from. */
class RedirectTest {
  @RegisterExtension final Rig rig = new Rig();

  private static Rig.Answer to(String location) {
    return request ->
        request.getTarget().equals("/start")
            ? new MockResponse.Builder().code(302).setHeader("Location", location)
            : new MockResponse.Builder().body("done");
  }

  @Test
  void redirect_onTheSameHost_goesToTheNextServer() throws Exception {
    MockWebServer first = rig.start(to("/end"));
    MockWebServer second = rig.start(to("/end"));
    rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
    HttpClientContext context = HttpClientContext.create();

    assertThat(Rig.send(rig.client(), new HttpGet("http://orders/start"), context))
        .isEqualTo("done");

    assertThat(Rig.taken(first).getTarget()).isEqualTo("/start");
    assertThat(Rig.taken(second).getTarget()).isEqualTo("/end");
    assertThat(context.getRedirectLocations()).hasToString("[http://orders/end]");
    assertThat(context.getHttpRoute().getTargetHost().toURI()).isEqualTo("http://orders:80");
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.COMPLETED);
  }

  @Test
  void redirect_toAnotherHost_goesDirect() throws Exception {
    MockWebServer direct = rig.start("direct");
    String location = "http://" + NamedHosts.PLAIN + ":" + direct.getPort() + "/end";
    rig.balancer.serve("orders", Rig.http(rig.start(to(location))));

    assertThat(Rig.get(rig.client(), "http://orders/start")).isEqualTo("direct");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void redirect_toAServiceOnAConnectionThatIsKept_isBalanced() throws Exception {
    MockWebServer direct = rig.start(to("/end"));
    MockWebServer server = rig.start("balanced");
    String start = "http://" + NamedHosts.PLAIN + ":" + direct.getPort() + "/start";
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(server));
    Evenkeel.install(new OnePath("/end", rig.balancer));

    assertThat(Rig.get(rig.client(), start)).isEqualTo("balanced");

    assertThat(direct.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  /** An application's client that will not be led to {@code /end}. */
  private CloseableHttpAsyncClient refusing() {
    HttpRequestInterceptor interceptor =
        (request, context) -> {
          if (request.getRequestLine().getUri().equals("/end")) {
            throw new HttpException("refused");
          }
        };
    return rig.keep(rig.builder().addInterceptorLast(interceptor).build());
  }

  @Test
  void redirect_thatAnInterceptorRefuses_failsTheCall() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start(to("/end"))));
    CloseableHttpAsyncClient client = refusing();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/start"))
        .isExactlyInstanceOf(HttpException.class)
        .hasMessage("refused");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void redirect_toAServiceThatAnInterceptorRefuses_failsTheCall() throws Exception {
    MockWebServer direct = rig.start(to("/end"));
    String start = "http://" + NamedHosts.PLAIN + ":" + direct.getPort() + "/start";
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(rig.start("never")));
    Evenkeel.install(new OnePath("/end", rig.balancer));
    CloseableHttpAsyncClient client = refusing();

    assertThatThrownBy(() -> Rig.get(client, start)).hasMessage("refused");

    assertThat(rig.balancer.attempts()).isEmpty();
  }

  /** Balances the calls of one path, as a router may. */
  private record OnePath(String path, Balancer balancer) implements Balancer {
    @Override
    public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
      return reader.target(request).equals(path) ? balancer.open(host, request, reader) : null;
    }

    @Override
    public void fault(String adapter, Throwable fault) {
      balancer.fault(adapter, fault);
    }
  }
}
