package dev.evenkeel.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two data centres, of which one gets three times the calls of the other. The east has a failover
 * of two services, the west shares out two to one; each service has two servers. One centre fails,
 * server by server, and returns in the same order.
 */
class DataCentresIT extends Story {
  private static final String TREE =
      """
      http:
        services:
          orders:
            weighted:
              healthCheck: {}
              services: [ { name: east, weight: 3 }, { name: west, weight: 1 } ]
          east: { failover: { service: eastMain, fallback: eastSpare, healthCheck: {} } }
          west:
            weighted:
              healthCheck: {}
              services: [ { name: westBig, weight: 2 }, { name: westSmall, weight: 1 } ]
      """;

  private static final String LEAF =
      """
          %s:
            loadBalancer:
              healthCheck: { path: /health, unhealthyInterval: 100ms, timeout: 20s, headers: { X-Check: "%d" } }
              servers: [ { url: "%s" }, { url: "%s" } ]
      """;

  private static final List<String> SERVICES =
      List.of("eastMain", "eastSpare", "westBig", "westSmall");

  /** A whole number of cycles on every level. */
  private static final int CALLS = 24;

  private static final String ALL_UP =
      "eastMain1=9 eastMain2=9 westBig1=2 westBig2=2 westSmall1=1 westSmall2=1";

  private final Map<String, TestServer> servers = new LinkedHashMap<>();

  private int checks;

  @BeforeEach
  void build() throws IOException {
    for (String service : SERVICES) {
      servers.put(service + 1, fleet.http(service + 1));
      servers.put(service + 2, fleet.http(service + 2));
    }
    probeNow();
    servers.keySet().forEach(server -> bean(server).awaitState("UP"));
    assertShares(ALL_UP);
  }

  /** A check that is another than before is made at once, and not at the next interval. */
  private void probeNow() {
    checks++;
    StringBuilder yaml = new StringBuilder(TREE);
    for (String service : SERVICES) {
      yaml.append(
          LEAF.formatted(
              service, checks, servers.get(service + 1).url(), servers.get(service + 2).url()));
    }
    balance.reload(yaml.toString());
  }

  @Test
  void east_failsAndReturns_sharesAreTheTreesAtEveryStep() {
    String west = " westBig1=2 westBig2=2 westSmall1=1 westSmall2=1";

    fails("eastMain1", "eastMain2=18" + west);
    fails("eastMain2", "eastSpare1=9 eastSpare2=9" + west);
    fails("eastSpare1", "eastSpare2=18" + west);
    fails("eastSpare2", "westBig1=8 westBig2=8 westSmall1=4 westSmall2=4");

    returns("eastMain1", "eastMain1=18" + west);
    returns("eastMain2", ALL_UP);
    returns("eastSpare1", ALL_UP);
    returns("eastSpare2", ALL_UP);
  }

  @Test
  void west_failsAndReturns_sharesAreTheTreesAtEveryStep() {
    String east = "eastMain1=9 eastMain2=9 ";

    fails("westBig1", east + "westBig2=4 westSmall1=1 westSmall2=1");
    fails("westBig2", east + "westSmall1=3 westSmall2=3");
    fails("westSmall1", east + "westSmall2=6");
    fails("westSmall2", "eastMain1=12 eastMain2=12");

    returns("westBig1", east + "westBig1=6");
    returns("westBig2", east + "westBig1=3 westBig2=3");
    returns("westSmall1", east + "westBig1=2 westBig2=2 westSmall1=2");
    returns("westSmall2", ALL_UP);
  }

  /** First its probes say so; once no call can be on its way there, every call would fail. */
  private void fails(String name, String shares) {
    TestServer server = servers.get(name);
    try (Load load = Load.of(number -> shop.call())) {
      load.awaitRound();
      server.answers(Script.byTarget(Map.of("/health", Script.status(503)), Script.echo()));
      probeNow();
      bean(name).awaitState("DOWN");
      load.awaitRound();
      server.answers(Script.status(503));
      load.awaitRound();
    }
    assertShares(shares);
  }

  private void returns(String name, String shares) {
    try (Load load = Load.of(number -> shop.call())) {
      load.awaitRound();
      servers.get(name).answers(Script.echo());
      bean(name).awaitState("UP");
      load.awaitRound();
    }
    assertShares(shares);
  }

  private void assertShares(String expected) {
    // What is done by hand is in force on return, and with it whatever probes said before.
    servers.keySet().forEach(server -> bean(server).resetWeight());
    Map<String, Long> wanted = new TreeMap<>();
    Arrays.stream(expected.split(" "))
        .map(share -> share.split("="))
        .forEach(share -> wanted.put(share[0], Long.valueOf(share[1])));

    assertThat(new TreeMap<>(Load.tally(CALLS, number -> shop.call()))).isEqualTo(wanted);
  }

  private ServerBean bean(String server) {
    return balance.server(server.substring(0, server.length() - 1), servers.get(server));
  }
}
