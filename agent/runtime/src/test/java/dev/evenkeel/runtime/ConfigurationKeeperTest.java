package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.config.Configuration;
import dev.evenkeel.config.Problem;
import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.Level;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationKeeperTest {
  private static final Settings SETTINGS = Settings.of(null, Map.of(), Map.of());
  private static final BalancerSpec ONE_SERVICE =
      new BalancerSpec(
          List.of(
              LoadBalancerSpec.of(
                  "orders", List.of(ServerSpec.of("http://a", 1)), null, null, true)));
  private static final Configuration GOOD =
      new Configuration(BalancerSpec.EMPTY, List.of(), SETTINGS);
  private static final Configuration BAD =
      new Configuration(
          BalancerSpec.EMPTY,
          List.of(
              new Problem("balance.yml", 3, "http.x", "unknown key", true),
              new Problem("balance.yml", 4, "http.y", "noted", false)),
          SETTINGS);

  @TempDir Path directory;
  private final List<String> events = new ArrayList<>();
  private Configuration next = GOOD;
  private Supplier<Configuration> reader = () -> next;
  private Settings options;
  private BalancerSpec applied;
  private ConfigurationKeeper keeper;

  @BeforeEach
  void makeKeeper() {
    keeper = keeper(null);
  }

  private ConfigurationKeeper keeper(@Nullable File file) {
    Ticker ticker = new SetTicker(Instant.parse("2026-11-21T12:03:11Z"));
    return new ConfigurationKeeper(
        () -> reader.get(),
        file,
        new StepLoop(),
        ticker,
        AgentLog.toFile(Level.ERROR, ticker, directory.resolve("log").toFile(), 1 << 20, 0),
        new ConfigurationKeeper.Host() {
          @Override
          public void configure(Settings settings) {
            options = settings;
          }

          @Override
          public void apply(BalancerSpec spec) {
            assertThat(options).as("options that come first").isNotNull();
            events.add("applied");
            applied = spec;
          }

          @Override
          public void reloaded(boolean isApplied, String text) {
            events.add((isApplied ? "reloaded: " : "refused: ") + text);
          }
        });
  }

  @Test
  void files_changedWhileTheyAreRead_areReadAgainBeforeAnythingIsApplied() throws IOException {
    Path file = Files.writeString(directory.resolve("balance.yml"), "old");
    reader =
        () -> {
          boolean isOld = read(file).equals("old");
          write(file, "new");
          return isOld ? BAD : GOOD;
        };

    keeper(file.toFile()).start();

    assertThat(events).containsExactly("applied");
  }

  @Test
  void files_thatChangeAtEveryReading_areTakenAsTheyAre() throws IOException {
    Path file = Files.writeString(directory.resolve("balance.yml"), "");
    AtomicInteger readings = new AtomicInteger();
    reader =
        () -> {
          write(file, "x".repeat(readings.incrementAndGet()));
          return GOOD;
        };

    keeper(file.toFile()).start();

    assertThat(events).containsExactly("applied");
    assertThat(readings).hasValue(3);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void firstReading_good_isAppliedAndIsNoReload() {
    keeper.start();

    assertThat(events).containsExactly("applied");
    assertThat(keeper.loadTime()).isEqualTo("2026-11-21T12:03:11Z");
    assertThat(keeper.reloadCount()).isZero();
    assertThat(keeper.lastError()).isEmpty();
  }

  @Test
  void firstReading_bad_leavesAllCallsAlone() {
    next = BAD;

    keeper.start();

    assertThat(events).isEmpty();
    assertThat(options).isNull();
    assertThat(keeper.loadTime()).isNull();
    assertThat(keeper.lastError())
        .isEqualTo(
            "balance.yml:3 http.x: unknown key\nbalance.yml:4 http.y: noted\n"
                + "1 problem; nothing is balanced, all calls are left alone");
  }

  @Test
  void laterReading_bad_keepsTheLastGoodOneAndTheNextGoodOneClearsTheError() {
    keeper.start();
    next = BAD;

    String refused = keeper.load();

    assertThat(refused).endsWith("1 problem; still using the configuration loaded at 12:03:11Z");
    assertThat(events).containsExactly("applied", "refused: " + refused);
    assertThat(keeper.refusedCount()).isOne();
    assertThat(keeper.lastError()).isEqualTo(refused);

    next = GOOD;
    keeper.load();

    assertThat(events).hasSize(4).last().asString().startsWith("reloaded: configuration loaded");
    assertThat(keeper.reloadCount()).isOne();
    assertThat(keeper.lastError()).isEmpty();
  }

  @Test
  void configuration_thatIsNotEnabled_balancesNothingUntilItIs() {
    keeper.start();
    next =
        new Configuration(ONE_SERVICE, List.of(), Settings.of("enabled=false", Map.of(), Map.of()));

    assertThat(keeper.load())
        .isEqualTo(
            "configuration loaded: 1 service; evenkeel.enabled is false: all calls are left alone");
    assertThat(applied.services()).isEmpty();

    next = new Configuration(ONE_SERVICE, List.of(), SETTINGS);

    assertThat(keeper.load()).isEqualTo("configuration loaded: 1 service");
    assertThat(applied).isEqualTo(ONE_SERVICE);
  }

  @Test
  void keeper_stopped_appliesNothingMore() {
    keeper.start();

    keeper.stop();

    assertThat(keeper.load()).isEqualTo("switched off: nothing is read until this JVM ends");
    assertThat(events).containsExactly("applied");
    assertThat(keeper.reloadCount()).isZero();
  }
}
