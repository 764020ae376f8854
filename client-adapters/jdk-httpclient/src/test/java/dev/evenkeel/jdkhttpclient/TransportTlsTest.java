package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import java.net.InetSocketAddress;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which name the client keeps connections to servers with a transport. */
class TransportTlsTest {
  private static final String UNKNOWN = "no-such-server.invalid";

  @Test
  void address_thatCannotBeResolved_isNotOneOfTheApplications() {
    InetSocketAddress address = address(UNKNOWN, new Tls("t1"));

    assertThat(address.isUnresolved()).isTrue();
    assertThat(address.getPort()).isEqualTo(8443);
    assertThat(address.getHostString()).startsWith("t1.").doesNotContain(UNKNOWN);
  }

  @Test
  void address_ofAServerWithoutATransport_hasItsName() {
    assertThat(address(UNKNOWN, null).getHostString()).isEqualTo(UNKNOWN);
    assertThat(address("127.0.0.1", null).getHostString()).isEqualTo("127.0.0.1");
  }

  @Test
  void address_resolvedOrNot_hasTheNameOfServerAndTransport() {
    InetSocketAddress first = address("127.0.0.1", new Tls("t1"));

    assertThat(first.getAddress().getAddress()).containsExactly(127, 0, 0, 1);
    assertThat(address("127.0.0.1", new Tls("t1")).getHostString())
        .isEqualTo(first.getHostString());
    assertThat(address("127.0.0.1", new Tls("t2")).getHostString())
        .isNotEqualTo(first.getHostString());
    assertThat(address("127.0.0.2", new Tls("t1")).getHostString())
        .isNotEqualTo(first.getHostString());
  }

  /** Each of these hosts is one that a TLS name cannot be made of as it stands. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "an_underscore.a_b.invalid",
        "a.-b-.invalid",
        "a-label-with-as-many-characters-as-one-may-have-which-is-63-or-s.invalid",
      })
  void address_ofAnyHost_hasANameForTls(String host) {
    String name = address(host, new Tls("t1")).getHostString();

    assertThat(new SNIHostName(name).getAsciiName()).isEqualTo(name);
  }

  private static InetSocketAddress address(String host, @Nullable Tls tls) {
    return TransportTls.address(new Transported(host, tls));
  }

  private record Transported(String host, @Nullable ServerTls tls) implements Server {
    @Override
    public String url() {
      return "https://" + authority();
    }

    @Override
    public String scheme() {
      return "https";
    }

    @Override
    public int port() {
      return 8443;
    }

    @Override
    public String authority() {
      return host + ":8443";
    }

    @Override
    public boolean isHostHeaderPassed() {
      return true;
    }

    @Override
    public String path() {
      return "";
    }
  }

  private record Tls(String id) implements ServerTls {
    @Override
    public SSLContext context() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SSLSocketFactory socketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public HostnameVerifier hostnameVerifier() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isHttp2Allowed() {
      return true;
    }
  }
}
