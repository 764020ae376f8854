package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import org.junit.jupiter.api.Test;

class BalancedCallTest {
  private static final Object NO_HEADERS = "none";

  private final FakeAttempt attempt = new FakeAttempt();
  private final HttpURLConnection owner;
  private final BalancedCall call;

  BalancedCallTest() throws IOException {
    owner = (HttpURLConnection) new URL("http://orders/").openConnection();
    call = new BalancedCall(new OneServer(attempt), owner, null, null);
    assertThat(call.moveOn()).isTrue();
  }

  @Test
  void target_ofAnIpv6Server_isInBracketsAndHasAKeyOfItsOwn() {
    Target target = call.target();

    assertThat(target).isNotNull();
    assertThat(target.host()).isEqualTo("[::1]");
    assertThat(target.cacheKey(false)).hasToString("http://http.--1.evenkeel.invalid:8080");
  }

  @Test
  void moveOn_withoutAnotherServer_isFalse() {
    assertThat(call.moveOn()).isFalse();
    assertThat(call.target()).isNull();
  }

  @Test
  void goOn_withAFaultOfOursAfterTheRequestWasSent_staysWithItsServer() throws IOException {
    BalancedCall sent = callWithAFaultInTheSecondPick();
    sent.sending();
    Target before = sent.target();
    sent.end(Outcome.COMPLETED);

    assertThat(sent.goOn()).isFalse();
    assertThat(sent.target()).isNotNull().isSameAs(before);
  }

  @Test
  void moveOn_withAFaultOfOursAfterTheRequestWasSent_isNoWayToTheLogicalHost() throws IOException {
    BalancedCall sent = callWithAFaultInTheSecondPick();
    sent.sending();

    assertThat(sent.moveOn("a client that could not connect")).isFalse();
  }

  @Test
  void moveOn_withAFaultOfOursBeforeAnythingWasSent_goesToTheLogicalHost() throws IOException {
    BalancedCall unsent = callWithAFaultInTheSecondPick();

    assertThat(unsent.moveOn()).isTrue();
    assertThat(unsent.target()).isNull();
    assertThat(unsent.isLeftAlone()).isTrue();
  }

  private BalancedCall callWithAFaultInTheSecondPick() throws IOException {
    OneServer servers = new OneServer(new FakeAttempt());
    servers.faultAtTheEnd = new IllegalStateException("planted in next");
    BalancedCall made = new BalancedCall(servers, owner, null, null);
    assertThat(made.moveOn()).isTrue();
    return made;
  }

  @Test
  void close_beforeAnAnswer_isAFailure() {
    call.closed();

    assertThat(attempt.outcome).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void close_afterAnAnswer_isTheEnd() {
    SetCookie cookie = call.answered(404, NO_HEADERS);
    call.closed();

    assertThat(cookie.value()).isEqualTo("lb=1");
    assertThat(attempt.status).isEqualTo(404);
    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void close_whileWaiting_endsNothingSinceTheJdkMayRetry() {
    call.reception().waiting();
    call.closed();

    assertThat(attempt.outcome).isNull();
    assertThat(call.reception().waited()).isTrue();
  }

  @Test
  void giveUp_beforeAnAnswer_saysNothingAboutTheServer() {
    call.giveUp();
    call.closed();

    assertThat(attempt.outcome).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void body_readToItsEnd_completes() throws IOException {
    call.reception().declare(3);
    InputStream body = new WatchedBody(new ByteArrayInputStream(new byte[3]), call);

    assertThat(body.skip(1)).isEqualTo(1);
    assertThat(body.readAllBytes()).hasSize(2);
    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void body_cutShort_fails() throws IOException {
    call.reception().declare(4);
    InputStream body = new WatchedBody(new ByteArrayInputStream(new byte[3]), call);

    assertThat(body.readAllBytes()).hasSize(3);
    assertThat(attempt.outcome).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void body_cutShortAndClosedByAThreadOfTheJdk_fails() throws IOException {
    call.reception().declare(4);
    SetCookie unused = call.answered(200, NO_HEADERS);
    InputStream closing =
        new MeddlingBody(
            new byte[0],
            () -> {
              call.closed();
              call.finished();
            });

    assertThat(new WatchedBody(closing, call).read()).isEqualTo(-1);
    assertThat(attempt.outcome).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void body_whoseLastByteClosesTheConnection_completes() throws IOException {
    call.reception().declare(1);
    InputStream last =
        new MeddlingBody(
            new byte[] {'x'},
            () -> {
              call.finished();
              call.closed();
            });

    assertThat(new WatchedBody(last, call).read()).isEqualTo('x');
    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void sending_afterAnAnswer_isAnAttemptOfItsOwn() {
    call.sending();
    assertThat(attempt.again).isNull();

    SetCookie unused = call.answered(401, NO_HEADERS);
    call.sending();
    SetCookie cookie = call.answered(200, NO_HEADERS);
    call.finished();

    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt.status).isEqualTo(401);
    assertThat(attempt.again).isNotNull();
    assertThat(attempt.again.status).isEqualTo(200);
    assertThat(attempt.again.outcome).isEqualTo(Outcome.COMPLETED);
    assertThat(cookie.value()).isEqualTo("lb=1");
  }

  @Test
  void sending_withAFaultOfOursAfterAnAnswer_staysWithTheAttemptThatEnded() {
    attempt.faultInAgain = new IllegalStateException("planted in again");

    SetCookie unused = call.answered(401, NO_HEADERS);
    call.sending();
    SetCookie cookie = call.answered(200, NO_HEADERS);

    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt.status).isEqualTo(200);
    assertThat(cookie.value()).isEqualTo("lb=1");
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
  void call_thatNobodyCopies_hasNothingToCopyInto() {
    assertThat(call.beginCopy()).isNull();
    call.end(Outcome.COMPLETED);

    assertThat(call.copiedSoFar()).isNull();
  }

  @Test
  void isOf_isByIdentity() throws IOException {
    assertThat(call.logical().isOf(owner)).isTrue();
    assertThat(call.logical().isOf(owner.getURL().openConnection())).isFalse();
  }

  /** A body during whose read the JDK does something to the connection. */
  private static final class MeddlingBody extends FilterInputStream {
    private final Runnable meddling;

    MeddlingBody(byte[] bytes, Runnable meddling) {
      super(new ByteArrayInputStream(bytes));
      this.meddling = meddling;
    }

    @Override
    public int read() throws IOException {
      meddling.run();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      meddling.run();
      return in.read(bytes, offset, length);
    }
  }
}
