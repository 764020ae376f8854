package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import mockwebserver3.MockWebServer;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which calls of the asynchronous minimal client are left alone, and what is kept from it. */
class MinimalAsyncLimitsTest {
  @RegisterExtension final Rig rig = new Rig();

  private MinimalHttpAsyncClient client() {
    MinimalHttpAsyncClient client =
        rig.keep(HttpAsyncClients.createMinimal(rig.asyncConnections().build()));
    client.start();
    return client;
  }

  @Test
  void endpointThatTheApplicationLeases_isLeftAlone() throws Exception {
    MockWebServer host = rig.start("host");
    rig.balancer.serve(NamedHosts.PLAIN, Rig.http(rig.start("server")));
    String url = "http://" + NamedHosts.PLAIN + ":" + host.getPort() + "/";

    AsyncClientEndpoint endpoint =
        client()
            .lease(new HttpHost("http", NamedHosts.PLAIN, host.getPort()), null)
            .get(10, TimeUnit.SECONDS);
    SimpleHttpResponse response =
        endpoint
            .execute(
                SimpleRequestProducer.create(SimpleRequestBuilder.get(url).build()),
                SimpleResponseConsumer.create(),
                null)
            .get(10, TimeUnit.SECONDS);
    endpoint.releaseAndReuse();

    assertThat(response.getBodyText()).isEqualTo("host");
    assertThat(rig.balancer.asked()).isEmpty();
  }
}
