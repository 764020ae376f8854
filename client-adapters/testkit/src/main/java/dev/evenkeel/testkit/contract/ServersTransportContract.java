package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * TLS is spoken as the service's transport says, and the application's own TLS has no part in it.
 * The clients trust no server of the fleet, unless a test says so. Not thread-safe; one per test.
 */
interface ServersTransportContract extends Contract {
  @Test
  @Requires(Capability.SERVERS_TRANSPORT)
  default void serverName_isAskedForAndVerified_andTheTransportTrusts(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a", "shop.servers.test");
    ServiceConfig orders = transported(Stage.SERVICE, "t", a);
    String rootCas = "rootCAs: [ " + stage.fleet().authorityPem() + " ]";
    stage
        .balance()
        .applyTransports("{ t: { serverName: shop.servers.test, " + rootCas + " } }", orders);
    Client client = stage.client();

    assertThat(Stage.servedBy(client, "https://orders/", 2)).containsOnly("a");
    assertThat(Stage.servedBy(client, "http://orders/", 2)).containsOnly("a");
    assertThat(a.received())
        .allSatisfy(
            request -> {
              assertThat(request.serverNames()).containsExactly("shop.servers.test");
              assertThat(request.authority()).isEqualTo("orders");
            });

    a.forget();
    stage
        .balance()
        .applyTransports("{ t: { serverName: other.servers.test, " + rootCas + " } }", orders);

    assertRefused(client, "https://orders/");
    assertRefused(client, "http://orders/");
    stage.balance().applyTransports("{ t: { " + rootCas + " } }", orders);
    assertRefused(client, "https://orders/");
    assertThat(a.received()).isEmpty();
  }

  @Test
  @Requires(Capability.SERVERS_TRANSPORT)
  default void services_withOtherTransportsAtOneServer_shareNoConnection(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().https("a");
    stage
        .balance()
        .applyTransports(
            "{ good: { rootCAs: [ %s ] }, strict: { rootCAs: [ %s ] }, same: { rootCAs: [ %s ] } }"
                .formatted(
                    stage.fleet().authorityPem(),
                    stage.fleet().otherAuthorityPem(),
                    stage.fleet().authorityPem()),
            transported(Stage.SERVICE, "good", a),
            transported("strict", "strict", a),
            transported("same", "same", a),
            ServiceConfig.named("bare").server(a));
    Client client = stage.client();

    for (String scheme : new String[] {"https://", "http://"}) {
      a.forget();
      assertThat(Stage.servedBy(client, scheme + "orders/", 2)).containsOnly("a");
      assertRefused(client, scheme + "strict/");
      assertRefused(client, scheme + "bare/");
      assertRefused(client, a.url() + "/");
      assertThat(Stage.servedBy(client, scheme + "same/", 1)).containsOnly("a");
      assertThat(Stage.servedBy(client, scheme + "orders/", 1)).containsOnly("a");
      assertThat(a.received()).hasSize(4);
      assertThat(a.connections()).isEqualTo(2);
    }
  }

  @Test
  @Requires(Capability.SERVERS_TRANSPORT)
  default void certificate_isShownToAServerThatAsks_andToNoOther(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a", "wrong.servers.test");
    a.requiresCertificate();
    stage
        .balance()
        .applyTransports(
            "{ mutual: { insecureSkipVerify: true, certificates: [ %s ] },"
                    .formatted(stage.fleet().clientCertificate())
                + " nameless: { insecureSkipVerify: true } }",
            transported(Stage.SERVICE, "mutual", a),
            transported("nameless", "nameless", a));
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    assertThat(Stage.servedBy(client, "https://orders/", 2)).containsOnly("a");
    assertThat(a.connections()).isEqualTo(1);
    assertThat(Stage.servedBy(client, "http://orders/", 1)).containsOnly("a");
    assertRefused(client, "https://nameless/");
    assertRefused(client, a.url() + "/");
    assertThat(a.received()).hasSize(3);
  }

  /** Also by clients that cannot speak it: their own TLS would have accepted the server. */
  @Test
  default void transport_isPassedOverByNobody(Stage stage) throws IOException {
    TestServer a = stage.fleet().https("a");
    stage
        .balance()
        .applyTransports(
            "{ strict: { rootCAs: [ %s ] } }".formatted(stage.fleet().otherAuthorityPem()),
            transported(Stage.SERVICE, "strict", a),
            ServiceConfig.named("bare").server(a));
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    assertThat(Stage.servedBy(client, "https://bare/", 1)).containsOnly("a");
    assertRefused(client, "https://orders/");
    assertRefused(client, "http://orders/");
    assertThat(a.received()).hasSize(1);
  }

  @Test
  @Requires({Capability.SERVERS_TRANSPORT, Capability.HTTP_2})
  default void http2_isSpokenUnlessTheTransportForbidsIt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http2("a");
    String rootCas = "rootCAs: [ " + stage.fleet().authorityPem() + " ]";
    stage
        .balance()
        .applyTransports(
            "{ both: { %s }, old: { disableHTTP2: true, %s } }".formatted(rootCas, rootCas),
            transported(Stage.SERVICE, "both", a),
            transported("old", "old", a));
    Client client = stage.client();

    assertThat(Stage.servedBy(client, "https://orders/", 2)).containsOnly("a");
    assertThat(a.connections()).isEqualTo(1);
    assertThat(Stage.servedBy(client, "https://old/", 2)).containsOnly("a");

    assertThat(a.received())
        .extracting(request -> request.header(":authority"))
        .containsExactly("orders", "orders", null, null);
  }

  private static ServiceConfig transported(String service, String transport, TestServer server) {
    return ServiceConfig.named(service).server(server).option("serversTransport: " + transport);
  }

  private static void assertRefused(Client client, String url) {
    assertThatThrownBy(() -> client.call(Call.get(url))).isInstanceOf(IOException.class);
  }
}
