package dev.evenkeel.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  @Test
  void refusal_isTheStatusInTheClientsWords() {
    assertThat(Proxies.refusal(new IOException("Tunnel failed, got: 502"))).isEqualTo(502);
    assertThat(Proxies.refusal(new IOException("Tunnel failed, got: 403"))).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "502",
        "Tunnel failed, got: ",
        "Tunnel failed, got: 5o2",
        "Tunnel failed: 502"
      })
  void otherWords_areNoRefusal(String message) {
    assertThat(Proxies.refusal(new IOException(message))).isZero();
  }

  @Test
  void failureWithoutWords_isNoRefusal() {
    assertThat(Proxies.refusal(new IOException())).isZero();
  }
}
