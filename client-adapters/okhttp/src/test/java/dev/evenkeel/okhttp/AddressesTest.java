package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.Address;
import okhttp3.Authenticator;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;

final class AddressesTest {
  private static final HttpUrl LOGICAL = HttpUrl.get("http://orders/");

  /** OkHttp asks it for the certificates of a handshake, whatever an application does with them. */
  @Test
  void pinner_forAClientWithoutTls_canTellTheCertificatesOfAHandshake() {
    OkHttpClient client =
        new OkHttpClient.Builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
    FakeServer server = new FakeServer("https", "one.test", 443, true);
    Target target = new Target(server);
    ServerMark mark = new ServerMark(server, target, LOGICAL, ProxySelector.of(null));

    Address address = Addresses.of(target.url(), planned(), mark, client, true);

    assertThat(address.sslSocketFactory()).isNotNull();
    assertThat(address.certificatePinner().getCertificateChainCleaner$okhttp()).isNotNull();
    assertThat(Addresses.of(target.url(), planned(), mark, client, true)).isEqualTo(address);
  }

  @Test
  void address_withPriorKnowledge_isTheSameButForTheProtocol() {
    FakeServer server = new FakeServer("h2c", "one.test", 8080, true);
    Target target = new Target(server);
    ServerMark mark = new ServerMark(server, target, LOGICAL, ProxySelector.of(null));
    Address plain = Addresses.of(target.url(), planned(), mark, new OkHttpClient(), false);

    Address address = Addresses.withPriorKnowledge(plain);

    assertThat(target.url()).hasToString("http://one.test:8080/");
    assertThat(address.protocols()).containsExactly(Protocol.H2_PRIOR_KNOWLEDGE);
    assertThat(address.url()).isEqualTo(plain.url());
    assertThat(address.sslSocketFactory()).isNull();
    assertThat(address.connectionSpecs()).isEqualTo(plain.connectionSpecs());
    assertThat(ServerMark.of(address)).isSameAs(mark);
    assertThat(address).isNotEqualTo(plain);
  }

  @Test
  void way_throughAProxyThatReadsRequests_isKnown() {
    FakeServer server = new FakeServer("h2c", "one.test", 8080, true);
    ProxySelector http = ProxySelector.of(InetSocketAddress.createUnresolved("proxy.test", 3128));

    assertThat(mark(server, http).isProxied()).isTrue();
    assertThat(mark(server, ProxySelector.of(null)).isProxied()).isFalse();
    assertThat(mark(server, new Throwing()).isProxied()).isFalse();
  }

  private static ServerMark mark(FakeServer server, ProxySelector selector) {
    return new ServerMark(server, new Target(server), LOGICAL, selector);
  }

  private static final class Throwing extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      throw new IllegalStateException("the application's");
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  private static Address planned() {
    return new Address(
        "one.test",
        443,
        Dns.SYSTEM,
        SocketFactory.getDefault(),
        null,
        null,
        null,
        Authenticator.NONE,
        null,
        List.of(Protocol.HTTP_1_1),
        List.of(ConnectionSpec.CLEARTEXT),
        ProxySelector.of(null));
  }
}
