package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.fake.FakeServer;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.core5.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to a server by {@code h2c} of headers that HTTP/2 has no place for. */
class PriorKnowledgeCallTest {
  private static final String URL = "http://orders:80/";

  @RegisterExtension final Rig rig = new Rig();

  private RecordedRequest sent(SimpleHttpRequest request, MockWebServer to) throws Exception {
    rig.balancer.serve("orders", new FakeServer("h2c", NamedHosts.ONE, to.getPort(), true));
    assertThat(Rig.send(rig.asyncClient(), request)).isEqualTo("a");
    return Rig.taken(to);
  }

  @ParameterizedTest
  @CsvSource({
    "Connection, close",
    "Connection, keep-alive",
    "Keep-Alive, timeout=5",
    "Proxy-Connection, keep-alive",
    "TE, gzip",
    "Host, orders"
  })
  void headerOfHttp1_isLeftOut(String name, String value) throws Exception {
    RecordedRequest sent =
        sent(
            SimpleRequestBuilder.get(URL).addHeader(name, value).addHeader("X-Own", "own").build(),
            rig.startHttp2("a"));

    assertThat(sent.getHeaders().get(name)).isNull();
    assertThat(sent.getHeaders().get("X-Own")).isEqualTo("own");
  }

  @Test
  void te_ofTrailersAlone_isSent() throws Exception {
    RecordedRequest sent =
        sent(
            SimpleRequestBuilder.get(URL).addHeader("TE", "trailers").build(), rig.startHttp2("a"));

    assertThat(sent.getHeaders().get("TE")).isEqualTo("trailers");
  }

  @Test
  void host_ofTheApplications_isTheAuthority() throws Exception {
    RecordedRequest sent =
        sent(
            SimpleRequestBuilder.get(URL).addHeader("Host", "tenant.test:81").build(),
            rig.startHttp2("a"));

    assertThat(sent.getHeaders().get(":authority")).isEqualTo("tenant.test:81");
  }

  /** For a request in that version the library offers a server in plain text to upgrade to TLS. */
  @Test
  void requestInHttp11_goesInHttp2WithoutTheLibrarysUpgrade() throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(URL).build();
    request.setVersion(HttpVersion.HTTP_1_1);

    RecordedRequest sent = sent(request, rig.startHttp2("a"));

    assertThat(sent.getHeaders().get("Upgrade")).isNull();
    assertThat(sent.getHeaders().get("Connection")).isNull();
  }

  @Test
  void upgrade_thatTheApplicationAsksFor_isAskedForInHttp11() throws Exception {
    RecordedRequest sent =
        sent(
            SimpleRequestBuilder.get(URL)
                .addHeader("Connection", "Upgrade")
                .addHeader("Upgrade", "own")
                .build(),
            rig.start("a"));

    assertThat(sent.getHeaders().get("Upgrade")).isEqualTo("own");
    assertThat(sent.getHeaders().get("Connection")).isEqualTo("Upgrade");
  }

  @Test
  void refusalOfAllServers_namesTheLogicalHostAlone() throws Exception {
    FakeServer refusing = new FakeServer("h2c", NamedHosts.TWO, Rig.dead().port(), true);
    rig.balancer.serve("orders", refusing);

    assertThatThrownBy(() -> Rig.get(rig.asyncClient(), URL))
        .hasCauseInstanceOf(HttpHostConnectException.class)
        .rootCause()
        .hasMessageContaining("http://orders:80")
        .hasMessageNotContainingAny("evenkeel", NamedHosts.TWO);
  }
}
