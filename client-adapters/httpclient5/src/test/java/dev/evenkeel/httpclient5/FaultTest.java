package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.RequestReader;
import mockwebserver3.MockWebServer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of ours: the host called is a real one, so that an unchanged call succeeds. */
class FaultTest {
  @RegisterExtension final Rig rig = new Rig();

  private MockWebServer unchanged;
  private MockWebServer chosen;

  @BeforeEach
  void start() throws Exception {
    rig.expectFaults();
    unchanged = rig.start("unchanged");
    chosen = rig.start("chosen");
  }

  private String post() throws Exception {
    HttpPost post = new HttpPost("http://" + NamedHosts.PLAIN + ":" + unchanged.getPort() + "/");
    post.setEntity(new StringEntity("body"));
    return Rig.send(rig.client(), post);
  }

  private void assertSentOnceAndReported(String place) {
    assertThat(unchanged.getRequestCount() + chosen.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.faults())
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).hasMessage("planted in " + place));
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "next", "server"})
  void fault_beforeTheRequestIsSent_leavesTheCallUnchanged(String place) throws Exception {
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(chosen));
    rig.balancer.plant(place, 0);

    assertThat(post()).isEqualTo("unchanged");

    assertSentOnceAndReported(place);
  }

  @Test
  void fault_inUnavailable_leavesTheCallUnchanged() throws Exception {
    rig.balancer.serve(NamedHosts.PLAIN);
    rig.balancer.plant("unavailable", 0);

    assertThat(post()).isEqualTo("unchanged");

    assertSentOnceAndReported("unavailable");
  }

  @Test
  void fault_afterAConnectFailure_leavesTheCallUnchanged() throws Exception {
    rig.balancer.serve(NamedHosts.PLAIN, Rig.dead(), Rig.http(chosen));
    rig.balancer.plant("next", 1);

    assertThat(post()).isEqualTo("unchanged");

    assertSentOnceAndReported("next");
    assertThat(rig.balancer.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"answered", "setCookie", "end"})
  void fault_afterTheRequestIsSent_leavesTheResponse(String place) throws Exception {
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(chosen));
    rig.balancer.plant(place, 0);

    assertThat(post()).isEqualTo("chosen");

    assertSentOnceAndReported(place);
  }

  @Test
  void fault_onTheWayToTheWire_sendsTheRequestAsItIs() throws Exception {
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(chosen));
    rig.balancer.plant("server", 1);

    assertThat(post()).isEqualTo("chosen");

    assertSentOnceAndReported("server");
  }

  @Test
  void fault_inTheReader_leavesTheCallUnchanged() throws Exception {
    Evenkeel.install(
        new Balancer() {
          @Override
          @SuppressWarnings("unchecked")
          public <R> Exchange open(String host, R request, RequestReader<R> reader) {
            reader.method((R) new LogicalRequest(null, null, null, null, null));
            return null;
          }

          @Override
          public void fault(String adapter, Throwable fault) {
            rig.balancer.fault(adapter, fault);
          }
        });

    assertThat(post()).isEqualTo("unchanged");

    assertThat(rig.balancer.faults()).singleElement().isInstanceOf(NullPointerException.class);
  }
}
