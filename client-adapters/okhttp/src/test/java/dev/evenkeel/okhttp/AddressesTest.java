package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.net.ProxySelector;
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
