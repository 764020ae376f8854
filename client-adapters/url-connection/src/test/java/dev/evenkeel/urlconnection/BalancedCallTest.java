package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BalancedCallTest {
  private final FakeAttempt attempt = new FakeAttempt();
  private final HttpURLConnection owner;
  private final BalancedCall call;

  BalancedCallTest() throws IOException {
    owner = (HttpURLConnection) new URL("http://orders/").openConnection();
    call = new BalancedCall(new OneServer(), owner, null);
    assertThat(call.moveOn()).isTrue();
  }

  @Test
  void target_ofAnIpv6Server_isInBracketsAndHasAKeyOfItsOwn() {
    Target target = call.target();

    assertThat(target).isNotNull();
    assertThat(target.host()).isEqualTo("[::1]");
    assertThat(target.cacheKey()).hasToString("http://http.--1.evenkeel.invalid:8080");
  }

  @Test
  void moveOn_withoutAnotherServer_isFalse() {
    assertThat(call.moveOn()).isFalse();
    assertThat(call.target()).isNull();
  }

  @Test
  void close_beforeAnAnswer_isAFailure() {
    call.closed();

    assertThat(attempt.outcome).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void close_afterAnAnswer_isTheEnd() {
    String cookie = call.answered(404);
    call.closed();

    assertThat(cookie).isEqualTo("lb=1");
    assertThat(attempt.status).isEqualTo(404);
    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void close_whileWaiting_endsNothingSinceTheJdkMayRetry() {
    call.waiting();
    call.closed();

    assertThat(attempt.outcome).isNull();
    assertThat(call.waited()).isTrue();
  }

  @Test
  void giveUp_beforeAnAnswer_saysNothingAboutTheServer() {
    call.giveUp();
    call.closed();

    assertThat(attempt.outcome).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void body_readToItsEnd_completes() throws IOException {
    call.declare(3);
    InputStream body = new WatchedBody(new ByteArrayInputStream(new byte[3]), call);

    assertThat(body.skip(1)).isEqualTo(1);
    assertThat(body.readAllBytes()).hasSize(2);
    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void body_cutShort_fails() throws IOException {
    call.declare(4);
    InputStream body = new WatchedBody(new ByteArrayInputStream(new byte[3]), call);

    assertThat(body.readAllBytes()).hasSize(3);
    assertThat(attempt.outcome).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void body_thatThrows_failsWithTheSameException() {
    IOException failure = new IOException("reset");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw failure;
          }
        };

    assertThatThrownBy(() -> new WatchedBody(broken, call).read()).isSameAs(failure);
    assertThat(attempt.outcome).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void bindings_areByIdentity() {
    Bindings bindings = new Bindings();
    String client = new String("client");
    bindings.bind(client, call);

    assertThat(bindings.of(client)).isSameAs(call);
    assertThat(bindings.of(new String("client"))).isNull();
    assertThat(call.isOf(owner)).isTrue();
  }

  private final class OneServer implements Exchange {
    private boolean isTaken;

    @Override
    public String service() {
      return "orders";
    }

    @Override
    public @Nullable Attempt next() {
      Attempt next = isTaken ? null : attempt;
      isTaken = true;
      return next;
    }

    @Override
    public ConnectException unavailable() {
      return new ConnectException("none");
    }
  }

  private static final class FakeAttempt implements Attempt {
    private @Nullable Outcome outcome;
    private int status;

    @Override
    public Server server() {
      return new FakeServer();
    }

    @Override
    public String setCookie() {
      return "lb=1";
    }

    @Override
    public void answered(int newStatus) {
      status = newStatus;
    }

    @Override
    public void end(Outcome newOutcome) {
      outcome = outcome == null ? newOutcome : outcome;
    }

    @Override
    public Attempt again() {
      return new FakeAttempt();
    }
  }

  private static final class FakeServer implements Server {
    @Override
    public String url() {
      return "http://[::1]:8080";
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public String host() {
      return "::1";
    }

    @Override
    public int port() {
      return 8080;
    }

    @Override
    public String authority() {
      return "[::1]:8080";
    }

    @Override
    public boolean isHostHeaderPassed() {
      return true;
    }
  }
}
