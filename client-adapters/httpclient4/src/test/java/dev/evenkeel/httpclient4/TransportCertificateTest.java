package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeTransport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client's certificate makes a connection one user's, but for that of a transport. */
class TransportCertificateTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void transportsCertificate_isNobodysUser_andCallsShareTheConnection() throws Exception {
    MockWebServer server = start();
    rig.balancer.serve(
        "orders",
        Rig.https(NamedHosts.ONE, server)
            .withTls(new FakeTransport("mutual", Rig.withCertificate())));
    CloseableHttpClient client = rig.client();

    for (int i = 0; i < 3; i++) {
      HttpClientContext context = get(client, "https://orders/");
      assertThat(context.getUserToken()).isNull();
      assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    }
  }

  @Test
  void applicationsCertificate_staysItsUser() throws Exception {
    MockWebServer server = start();
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server));
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            RegistryBuilder.<ConnectionSocketFactory>create()
                .register(
                    "https", new SSLConnectionSocketFactory(Rig.withCertificate().sslContext()))
                .build(),
            rig.hosts);
    CloseableHttpClient client =
        rig.keep(HttpClientBuilder.create().setConnectionManager(connections).build());

    assertThat(get(client, "https://orders/").getUserToken()).hasToString("CN=own");
  }

  private MockWebServer start() throws Exception {
    return rig.startMutualTls(NamedHosts.ONE, request -> new MockResponse.Builder().body("ok"));
  }

  private static HttpClientContext get(CloseableHttpClient client, String url) throws Exception {
    HttpClientContext context = HttpClientContext.create();
    client.execute(new HttpGet(url), r -> EntityUtils.toString(r.getEntity()), context);
    return context;
  }
}
