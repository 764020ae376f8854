package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;

class AttemptProgressTest {
  private final FakeAttempt attempt =
      new FakeAttempt(new FakeBalancer(), new FakeServer("http", NamedHosts.ONE, 80, true));
  private final AttemptProgress progress =
      new AttemptProgress(new GuardedAttempt(attempt, HttpClient5Adapter.NAME));

  @Test
  void failure_beforeTheConnection_isAConnectFailure() {
    assertThat(progress.isConnectFailure(new ConnectException())).isTrue();
    assertThat(progress.isConnectFailure(new SocketTimeoutException())).isTrue();
  }

  @Test
  void failure_ofTheClientsOwnMaking_isNone() {
    assertThat(progress.isConnectFailure(new ConnectionRequestTimeoutException())).isFalse();
    assertThat(progress.isConnectFailure(new InterruptedIOException())).isFalse();
    assertThat(progress.isConnectFailure(new IllegalStateException())).isFalse();
    assertThat(progress.isConnectFailure(new ProtocolException())).isFalse();
  }

  @Test
  void failure_ofACancelledCall_isNone() {
    progress.cancelled();

    assertThat(progress.isConnectFailure(new ConnectException())).isFalse();
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void keptConnection_lostBeforeItAskedForTheRequest_isAConnectFailure() {
    IOException lost = new ConnectionClosedException();
    progress.connected();
    progress.connectionFailed(lost);

    assertThat(progress.isConnectFailure(lost)).isTrue();
    assertThat(attempt.isEnded()).isFalse();
  }

  @Test
  void connection_lostAfterItAskedForTheRequest_isAFailureOfTheServer() {
    IOException lost = new ConnectionClosedException();
    progress.connected();
    progress.sending();
    progress.connectionFailed(lost);

    assertThat(progress.isConnectFailure(lost)).isFalse();
    assertThat(attempt.outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void failure_thatNobodyReportedOfTheConnection_isNotTheServers() {
    progress.connected();

    assertThat(progress.isConnectFailure(new IOException("an interceptor's"))).isFalse();
  }

  @Test
  void released_withoutAnAnswer_wasGivenUp() {
    progress.released();

    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void released_afterAnAnswer_isComplete() {
    progress.answered(new BasicHttpResponse(200));
    progress.released();

    assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
  }
}
