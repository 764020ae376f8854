package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow.Subscriber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BalancedCallTest {
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("http://orders/")).build();

  /** It fails when the client asks for its length. */
  private static final HttpRequest POST =
      HttpRequest.newBuilder(URI.create("http://orders/")).POST(new NoLength()).build();

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<String> ended = new ArrayList<>();

  @Test
  void time_ofACallThatMoves_goesOn() {
    BalancedCall call = call("http://127.0.0.1:1", "http://127.0.0.1:2");
    assertThat(call.remaining(MINUTE)).isEqualTo(MINUTE);

    assertThat(call.move()).isTrue();

    assertThat(call.remaining(MINUTE)).isPositive().isLessThan(MINUTE);
    assertThat(call.remaining(Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void time_ofAnAnsweredCall_isTheApplicationsAgain() {
    BalancedCall call = call("http://127.0.0.1:1", "http://127.0.0.1:2");
    assertThat(call.move()).isTrue();

    assertThat(call.answered(200, NO_HEADERS).value()).isEqualTo("session");

    assertThat(call.remaining(MINUTE)).isEqualTo(MINUTE);
  }

  @Test
  void address_isTheServersOfTheAttempt() {
    BalancedCall call = call("http://127.0.0.1:1", "http://127.0.0.1:2");
    assertThat(call.address(REQUEST, false).getPort()).isEqualTo(1);

    assertThat(call.move()).isTrue();

    assertThat(call.address(REQUEST, false).getPort()).isEqualTo(2);
  }

  @Test
  void server_isNobodysBeforeItsAddressWasAskedFor() {
    BalancedCall call = call("http://127.0.0.1:1");
    assertThat(call.hasServer()).isTrue();
    assertThat(call.server()).isNull();

    assertThat(call.address(REQUEST, false)).isNotNull();

    assertThat(call.server()).extracting(Server::url).isEqualTo("http://127.0.0.1:1");
  }

  @Test
  void call_leftAlone_endsWithoutBlame() {
    BalancedCall call = call("http://127.0.0.1:1");

    call.leaveAlone();

    assertThat(call.isLeftAlone()).isTrue();
    assertThat(ended).containsExactly("http://127.0.0.1:1 CANCELLED");
  }

  @Test
  void move_withoutAnotherServer_isRefused() {
    BalancedCall call = call("http://127.0.0.1:1");

    assertThat(call.move()).isFalse();

    assertThat(ended).containsExactly("http://127.0.0.1:1 CONNECT_FAILED");
  }

  @Test
  void failure_afterTheApplicationGaveUp_isNotTheServers() {
    BalancedCall call = call("http://127.0.0.1:1");

    call.cancel();
    call.end(Outcome.IO_FAILED);

    assertThat(ended).containsExactly("http://127.0.0.1:1 CANCELLED");
  }

  @Test
  void failure_ofTheRequestsBody_isNotTheServers() {
    BalancedCall call = posting("http://127.0.0.1:1");

    fail(publisher(call));
    assertThat(call.hasBodyFailed()).isTrue();
    call.end(Outcome.IO_FAILED);

    assertThat(ended).containsExactly("http://127.0.0.1:1 CANCELLED");
  }

  @Test
  void failure_ofAnEarlierTrysBody_isNobodys() {
    BalancedCall call = posting("http://127.0.0.1:1", "http://127.0.0.1:2");
    BodyPublisher first = publisher(call);
    assertThat(call.move()).isTrue();
    body(call).beginTry();
    BodyPublisher second = publisher(call);

    fail(first);
    call.end(Outcome.IO_FAILED);

    assertThat(second).isNotNull();
    assertThat(ended)
        .containsExactly("http://127.0.0.1:1 CONNECT_FAILED", "http://127.0.0.1:2 IO_FAILED");
  }

  @Test
  void try_thatTheClientRepeats_beginsWithABodyThatHasNotFailed() {
    BalancedCall call = posting("http://127.0.0.1:1");
    fail(publisher(call));

    body(call).beginTry();

    assertThat(call.hasBodyFailed()).isFalse();
  }

  @Test
  void call_withoutABody_hasNoneThatCouldFail() {
    BalancedCall call = call("http://127.0.0.1:1");

    assertThat(call.body()).isNull();
    assertThat(call.hasBodyFailed()).isFalse();
  }

  private static SentBody body(BalancedCall call) {
    return Objects.requireNonNull(call.body());
  }

  private static BodyPublisher publisher(BalancedCall call) {
    return body(call).publisher(POST);
  }

  private static void fail(BodyPublisher publisher) {
    assertThatThrownBy(publisher::contentLength).hasMessage("no length");
  }

  @Test
  void call_withoutAServer_saysWhy() {
    BalancedCall call = call();

    assertThat(call.hasServer()).isFalse();
    assertThat(call.address(REQUEST, false)).isNull();
    assertThat(call.unavailable()).hasMessage("none");
  }

  private BalancedCall call(String... urls) {
    return call(REQUEST, urls);
  }

  private BalancedCall posting(String... urls) {
    return call(POST, urls);
  }

  private BalancedCall call(HttpRequest request, String... urls) {
    Exchange exchange = new FakeExchange(new ArrayList<>(List.of(urls)));
    return new BalancedCall(exchange, SentBody.of(request, exchange));
  }

  private final class FakeExchange implements Exchange {
    private final List<String> urls;

    FakeExchange(List<String> urls) {
      this.urls = urls;
    }

    @Override
    public String service() {
      return "orders";
    }

    @Override
    public @Nullable Attempt next() {
      return urls.isEmpty() ? null : new FakeAttempt(new FakeServer(urls.remove(0)));
    }

    @Override
    public ConnectException unavailable() {
      return new ConnectException("none");
    }
  }

  private final class FakeAttempt implements Attempt {
    private final Server server;

    FakeAttempt(Server server) {
      this.server = server;
    }

    @Override
    public Server server() {
      return server;
    }

    @Override
    public SetCookie setCookies() {
      return new SetCookie("session", null);
    }

    @Override
    public void answered(int status) {}

    @Override
    public Attempt again() {
      throw new AssertionError("this client repeats no request on a connection it holds");
    }

    @Override
    public void end(Outcome outcome) {
      ended.add(server.url() + " " + outcome);
    }
  }

  private record NoLength() implements BodyPublisher {
    @Override
    public long contentLength() {
      throw new IllegalStateException("no length");
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      throw new AssertionError("nobody asks for the body itself");
    }
  }

  private record FakeServer(String url) implements Server {
    @Override
    public String scheme() {
      return URI.create(url).getScheme();
    }

    @Override
    public String host() {
      return URI.create(url).getHost();
    }

    @Override
    public int port() {
      return URI.create(url).getPort();
    }

    @Override
    public String authority() {
      return URI.create(url).getAuthority();
    }

    @Override
    public boolean isHostHeaderPassed() {
      return true;
    }

    @Override
    public String path() {
      return "";
    }
  }
}
