package dev.evenkeel.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A server that is full says so in the answers to its probes, until it has room again; its sessions
 * and their long jobs stay with it.
 */
class FullServerIT extends Story {
  private static final String YAML =
      """
      http:
        services:
          orders:
            loadBalancer:
              healthCheck: { path: /health, timeout: 20s, headers: { X-Check: "%d" } }
              servers: [ { url: "%s", weight: 2 }, { url: "%s", weight: 1 } ]
      evenkeel:
        services:
          orders:
            sticky: { key: "header:X-Session-Id" }
            saturation: { status: [ 429 ], duration: 1h }
      """;

  /** Where each session is at home. */
  private final Map<String, String> homes = new TreeMap<>();

  private final Gate gate = fleet.gate();
  private int checks;

  @Test
  void server_thatIsFull_keepsSessionsAndJobs_andReturnsByWeight() throws IOException {
    TestServer big = fleet.http("big");
    TestServer small = fleet.http("small");
    saysAtProbes(200, big, small);
    probeNow(big, small);
    bean(big).awaitState("UP");
    bean(small).awaitState("UP");
    inForce(big);
    assertThat(newSessions(6)).containsExactly("big", "big", "big", "big", "small", "small");
    Map<String, CompletableFuture<String>> jobs = new TreeMap<>();
    homes.keySet().forEach(session -> jobs.put(session, shop.start("/job", session)));
    gate.awaitArrivals(6);

    saysUnderLoad(429, "busy: probe answered 429", big, small);
    assertThat(bean(big).state()).isEqualTo("UP");
    assertThat(newSessions(6)).containsOnly("small");
    assertThat(Load.tally(6, number -> shop.call())).isEqualTo(Map.of("small", 6L));
    Map<String, Long> unused = Load.tally(60, this::callOfASession);
    assertThat(jobs.values()).noneMatch(CompletableFuture::isDone);
    bean(big).awaitInFlight(4);

    saysUnderLoad(200, "", big, small);
    // Both owe all the turns that sessions can owe: one cycle, which the first call passes over.
    unused = Load.tally(60, this::callOfASession);

    assertThat(newSessions(6)).containsExactly("big", "big", "big", "big", "small", "small");
    assertThat(jobs.values()).noneMatch(CompletableFuture::isDone);
    gate.open();
    jobs.forEach((session, job) -> assertThat(job.join()).isEqualTo(homes.get(session)));
    assertThat(bean(big).failures() + bean(small).failures()).isZero();
  }

  /** The first of two servers says something else than before, while all sessions call. */
  private void saysUnderLoad(int status, String reason, TestServer its, TestServer other) {
    try (Load load = Load.of(this::callOfASession)) {
      load.awaitRound();
      saysAtProbes(status, its);
      probeNow(its, other);
      Await.until("it is known: " + status, () -> bean(its).getText("Reason").equals(reason));
      load.awaitRound();
    }
    inForce(its);
  }

  private void saysAtProbes(int status, TestServer... servers) {
    for (TestServer server : servers) {
      server.answers(
          Script.byTarget(
              Map.of("/health", Script.status(status), "/job", Script.held(gate, Script.echo())),
              Script.echo()));
    }
  }

  /** A check that is another than before is made at once, and not at the next interval. */
  private void probeNow(TestServer big, TestServer small) {
    checks++;
    balance.reload(YAML.formatted(checks, big.url(), small.url()));
  }

  /** Opens sessions one after the other; gives where they are at home, sorted. */
  private List<String> newSessions(int count) throws IOException {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String session = "s" + homes.size();
      String server = shop.call("/", session);
      homes.put(session, server);
      opened.add(server);
    }
    Collections.sort(opened);
    return opened;
  }

  /** Of each session in turn; it has to go where the session is at home. */
  private String callOfASession(long number) throws IOException {
    String session = "s" + number % homes.size();
    String server = shop.call("/", session);
    assertThat(server).as(session).isEqualTo(homes.get(session));
    return server;
  }

  /** What is done by hand is in force on return, and with it whatever probes said before. */
  private void inForce(TestServer server) {
    bean(server).resetWeight();
  }

  private ServerBean bean(TestServer server) {
    return balance.server(Shop.SERVICE, server);
  }
}
