package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import java.io.InputStream;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private final Judging exchange = new Judging();
  private final Judgement judgement = new Judgement(exchange);

  @Test
  void response_isJudgedOnceInAnAttempt() {
    assertThat(judgement.givesUp(503, false)).isTrue();
    assertThat(judgement.givesUp(503, false)).isFalse();
    judgement.begin();
    assertThat(judgement.givesUp(502, false)).isTrue();

    assertThat(exchange.asked).containsExactly(503, 502);
  }

  @Test
  void response_thatStands_isNotJudgedAndNothingIsKept() {
    assertThat(judgement.keepBody(-1)).isTrue();

    judgement.stand();

    assertThat(judgement.givesUp(503, false)).isFalse();
    assertThat(judgement.kept()).isNull();
    assertThat(exchange.asked).isEmpty();
  }

  @Test
  void call_thatTheApplicationGaveUp_goesNowhere() {
    judgement.callOver();
    judgement.begin();

    assertThat(judgement.givesUp(503, false)).isFalse();
    assertThat(judgement.isCallOver()).isTrue();
  }

  @Test
  void streamedBody_isSentAgainOnlyWhole() {
    assertThat(judgement.keepBody(-1)).isTrue();
    judgement.openBody();
    assertThat(judgement.givesUp(503, true)).isFalse();

    judgement.begin();
    judgement.bodySent();
    assertThat(judgement.givesUp(503, true)).isTrue();
  }

  @Test
  void streamedBody_thatIsNotWrittenYet_needNotBeKept() {
    assertThat(judgement.keepBody(-1)).isTrue();

    assertThat(judgement.givesUp(503, true)).isTrue();
  }

  @Test
  void streamedBody_thatNobodyKeeps_isNotSentAgain() {
    exchange.isKeeping = false;
    assertThat(judgement.keepBody(-1)).isFalse();

    assertThat(judgement.givesUp(503, true)).isFalse();
    assertThat(exchange.asked).isEmpty();
  }

  @Test
  void keptBody_ofAnAttemptThatWasGivenUp_staysForTheNextOne() {
    assertThat(judgement.keepBody(-1)).isTrue();
    KeptBody kept = judgement.kept();
    judgement.openBody();
    judgement.bodySent();
    exchange.isKeeping = false;

    assertThat(judgement.keepBody(-1)).isTrue();

    assertThat(judgement.kept()).isSameAs(kept);
  }

  @Test
  void length_isLimitedByTheAttemptUnderWay() {
    assertThat(judgement.isLimited()).isFalse();

    exchange.maxBodyBytes = 3;

    assertThat(judgement.isLimited()).isTrue();
    assertThat(judgement.isTooLong(3)).isFalse();
    assertThat(judgement.isTooLong(4)).isTrue();
    assertThat(judgement.isTooLong(-1)).isFalse();
  }

  /** Gives up all that it is asked about. Not thread-safe. */
  private static final class Judging implements Exchange {
    final List<Integer> asked = new ArrayList<>();
    long maxBodyBytes = Long.MAX_VALUE;
    boolean isKeeping = true;

    @Override
    public String service() {
      return "orders";
    }

    @Override
    public @Nullable Attempt next() {
      return null;
    }

    @Override
    public long maxBodyBytes() {
      return maxBodyBytes;
    }

    @Override
    public @Nullable KeptBody keepBody(long contentLength) {
      return isKeeping ? new Kept() : null;
    }

    @Override
    public boolean giveUp(int status) {
      return asked.add(status);
    }

    @Override
    public ConnectException unavailable() {
      return new ConnectException("none");
    }
  }

  /** Is whole once it is ended. Not thread-safe. */
  private static final class Kept implements KeptBody {
    private boolean isWhole;

    @Override
    public void body(byte[] bytes, int offset, int length) {}

    @Override
    public void end() {
      isWhole = true;
    }

    @Override
    public boolean isWhole() {
      return isWhole;
    }

    @Override
    public InputStream open() {
      return InputStream.nullInputStream();
    }
  }
}
