package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.checkedOrders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceRegistryTest {
  private final FakeTicker ticker = new FakeTicker();
  private final FakeControlLoop loop = new FakeControlLoop(ticker);
  private final FakeProber prober = new FakeProber(ticker);
  private final List<Snapshot> published = new ArrayList<>();
  private final ServiceRegistry registry =
      new ServiceRegistry(
          loop,
          ticker,
          new SplittableRandom(42),
          prober,
          new FakeResolver(),
          new FakeMirrorSender(),
          new RecordingListener(),
          published::add);

  @BeforeEach
  void applyTenServers() {
    ServerSpec[] servers =
        IntStream.range(0, 10)
            .mapToObj(i -> server("http://server" + i, 1))
            .toArray(ServerSpec[]::new);
    registry.apply(new BalancerSpec(List.of(checkedOrders(CHECK, servers))));
    published.clear();
    loop.advance(Duration.ofSeconds(1));
  }

  @Test
  void verdicts_inOneRun_shareASnapshot() {
    prober.underWay().forEach(probe -> probe.answer(true, "probe answered 200"));

    loop.run();

    assertThat(published).hasSize(1);
  }

  @Test
  void verdicts_oneAfterTheOther_areAtLeastTheMinimumApart() {
    for (int i = 0; i < 9; i++) {
      prober.last("http://server" + i).answer(true, "probe answered 200");
      loop.advance(Duration.ofMillis(1));
    }

    assertThat(published).hasSize(1);
    loop.advance(Duration.ofMillis(1));
    assertThat(published).hasSize(2);
  }

  @Test
  void verdict_sameAsBefore_asksForNoSnapshot() {
    prober.underWay().forEach(probe -> probe.answer(true, "probe answered 200"));
    loop.advance(Duration.ofSeconds(12));
    published.clear();

    prober.underWay().forEach(probe -> probe.answer(true, "probe answered 200"));
    loop.advance(Duration.ofSeconds(1));

    assertThat(prober.probes).hasSize(20);
    assertThat(published).isEmpty();
  }

  @Test
  void change_whileASnapshotIsAskedFor_publishesBothAtOnce() {
    prober.last("http://server0").answer(true, "probe answered 200");
    loop.run();
    prober.last("http://server1").answer(true, "probe answered 200");
    loop.run();
    assertThat(published).hasSize(1);

    registry.setWeight("orders", "http://server0", 5);
    assertThat(published).hasSize(2);
    loop.advance(ServiceRegistry.MIN_DISTANCE.multipliedBy(2));

    assertThat(published).as("nothing is left to publish").hasSize(2);
  }
}
