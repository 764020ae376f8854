package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import mockwebserver3.MockWebServer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of ours in calls of both minimal clients, which go out as the application made them. */
class MinimalFaultTest {
  @RegisterExtension final Rig rig = new Rig();

  private String get(boolean isAsync, MockWebServer host) throws Exception {
    String url = "http://" + NamedHosts.PLAIN + ":" + host.getPort() + "/";
    if (!isAsync) {
      return Rig.get(rig.keep(HttpClients.createMinimal(rig.connections().build())), url);
    }
    MinimalHttpAsyncClient client =
        rig.keep(HttpAsyncClients.createMinimal(rig.asyncConnections().build()));
    client.start();
    return Rig.get(client, url);
  }

  @ParameterizedTest
  @CsvSource({
    "false, open", "false, next", "false, server", "false, unavailable",
    "true, open", "true, next", "true, server", "true, unavailable"
  })
  void fault_beforeTheRequestIsSent_leavesTheCallUnchanged(boolean isAsync, String place)
      throws Exception {
    rig.expectFaults();
    MockWebServer unchanged = rig.start("unchanged");
    MockWebServer chosen = rig.start("chosen");
    if (place.equals("unavailable")) {
      rig.balancer.serve(NamedHosts.PLAIN);
    } else {
      rig.balancer.serve(NamedHosts.PLAIN, Rig.http(chosen));
    }
    rig.balancer.plant(place, 0);

    assertThat(get(isAsync, unchanged)).isEqualTo("unchanged");

    assertThat(unchanged.getRequestCount()).isEqualTo(1);
    assertThat(chosen.getRequestCount()).isZero();
    assertThat(rig.balancer.faults())
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).hasMessage("planted in " + place));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fault_afterAConnectFailure_leavesTheCallUnchanged(boolean isAsync) throws Exception {
    rig.expectFaults();
    MockWebServer unchanged = rig.start("unchanged");
    rig.balancer.serve(NamedHosts.PLAIN, Rig.dead(), Rig.http(rig.start("chosen")));
    rig.balancer.plant("next", 1);

    assertThat(get(isAsync, unchanged)).isEqualTo("unchanged");

    assertThat(rig.balancer.faults()).hasSize(1);
  }
}
