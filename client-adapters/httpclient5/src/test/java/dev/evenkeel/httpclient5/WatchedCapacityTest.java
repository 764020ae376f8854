package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.junit.jupiter.api.Test;

/** When a body rests, since the connection is short of room for more of it. */
class WatchedCapacityTest {
  private final FakeAttempt attempt =
      new FakeAttempt(new FakeBalancer(), new FakeServer("http", NamedHosts.ONE, 8080, true));
  private final List<Integer> updates = new ArrayList<>();

  @Test
  void body_restsUntilTheApplicationHasRoomForMore() throws IOException {
    assertThat(attempt.isResting()).isFalse();

    CapacityChannel channel = WatchedCapacity.resting(updates::add, attempt);
    assertThat(attempt.isResting()).isTrue();
    channel.update(0);
    assertThat(attempt.isResting()).isTrue();
    channel.update(100);

    assertThat(attempt.isResting()).isFalse();
    assertThat(updates).containsExactly(0, 100);
  }
}
