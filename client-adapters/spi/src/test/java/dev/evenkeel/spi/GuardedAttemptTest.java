package dev.evenkeel.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedAttemptTest {
  private final List<String> faults = new ArrayList<>();
  private final GuardedAttempt guarded = new GuardedAttempt(new FaultyAttempt(), "client");

  @AfterEach
  void takeAwayTheBalancer() {
    Evenkeel.install(Balancer.NONE);
  }

  @Test
  void fault_inWhatTellsOfTheCall_isReportedAndStays() {
    Evenkeel.install(reporting(faults::add));

    guarded.answered(200);
    guarded.answered(200, "response", (response, name, index) -> null);
    assertThat(guarded.setCookies()).isNull();
    guarded.end(Outcome.COMPLETED);

    assertThat(faults)
        .containsExactly(
            "client: answered", "client: answered", "client: setCookies", "client: end");
  }

  @Test
  void fault_inWhatTheCallerNeeds_isTheCallers() {
    Evenkeel.install(reporting(faults::add));

    assertThatThrownBy(guarded::server).hasMessage("server");
    assertThatThrownBy(guarded::copy).hasMessage("copy");
    assertThatThrownBy(guarded::again).hasMessage("again");
    assertThat(faults).isEmpty();
  }

  @Test
  void fault_thatCannotBeReported_staysToo() {
    Evenkeel.install(
        reporting(
            text -> {
              throw new IllegalStateException(text);
            }));

    assertThatCode(() -> guarded.end(Outcome.COMPLETED)).doesNotThrowAnyException();
  }

  private static Balancer reporting(Consumer<String> sink) {
    return new Balancer() {
      @Override
      public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
        return null;
      }

      @Override
      public void fault(String adapter, Throwable fault) {
        sink.accept(adapter + ": " + fault.getMessage());
      }
    };
  }

  /** Fails in each of its methods. Immutable. */
  private static final class FaultyAttempt implements Attempt {
    @Override
    public Server server() {
      throw new IllegalStateException("server");
    }

    @Override
    public SetCookie setCookies() {
      throw new IllegalStateException("setCookies");
    }

    @Override
    public RequestCopy copy() {
      throw new IllegalStateException("copy");
    }

    @Override
    public void answered(int status) {
      throw new IllegalStateException("answered");
    }

    @Override
    public void end(Outcome outcome) {
      throw new IllegalStateException("end");
    }

    @Override
    public Attempt again() {
      throw new IllegalStateException("again");
    }
  }
}
