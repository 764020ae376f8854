package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body's length means for the attempt that sends it. */
class SentLengthTest {
  private final FakeAttempt attempt =
      new FakeAttempt(new FakeBalancer(), new FakeServer("http", NamedHosts.ONE, 80, true));
  private final BasicHttpRequest wire = new BasicHttpRequest("POST", "/");
  private final SentLength length = new SentLength(wire);

  @Test
  void body_thatEndsTooEarly_isShort() {
    wire.setHeader(HttpHeaders.CONTENT_LENGTH, 7);
    length.taken(3);
    length.taken(3);
    assertThat(length.isShort()).isFalse();

    length.ended();

    assertThat(length.isShort()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void body_thatFillsWhatWasDeclared_isNot(int declaredBytes) {
    wire.setHeader(HttpHeaders.CONTENT_LENGTH, declaredBytes);
    length.taken(6);

    length.ended();

    assertThat(length.isShort()).isFalse();
  }

  @Test
  void body_inChunks_isNeverShort() {
    length.ended();

    assertThat(length.isShort()).isFalse();
  }

  @Test
  void failure_afterABodyThatEndedTooEarly_isNotTheServers() {
    AttemptProgress progress = sending(7);
    IOException failure = new SocketTimeoutException("300 MILLISECONDS");
    assertThat(progress.isServersFailure(failure)).isTrue();
    progress.taken(6);

    progress.bodyEnded();

    assertThat(progress.isServersFailure(failure)).isFalse();
    progress.connectionFailed(failure);
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void failure_beforeOrAfterTheEndOfAWholeBody_isTheServers() {
    AttemptProgress progress = sending(7);
    IOException failure = new IOException("Broken pipe");
    progress.taken(6);
    assertThat(progress.isServersFailure(failure)).isTrue();
    progress.taken(1);

    progress.bodyEnded();

    progress.connectionFailed(failure);
    assertThat(attempt.outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  private AttemptProgress sending(int declaredBytes) {
    AttemptProgress progress =
        new AttemptProgress(new GuardedAttempt(attempt, HttpClient5Adapter.NAME));
    wire.setHeader(HttpHeaders.CONTENT_LENGTH, declaredBytes);
    progress.sending();
    progress.sendingBody(wire);
    return progress;
  }
}
