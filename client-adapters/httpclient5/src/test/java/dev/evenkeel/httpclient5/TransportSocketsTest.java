package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.client5.http.socket.PlainConnectionSocketFactory;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several calls may be at one context at once, which is asked for nothing. */
@SuppressWarnings("deprecation")
class TransportSocketsTest {
  private static final FakeTransport TLS =
      new FakeTransport("t", new HandshakeCertificates.Builder().build());
  private static final FakeTransport OTHER =
      new FakeTransport("other", new HandshakeCertificates.Builder().build());

  @Test
  void sockets_areTheThreadsAlone_andLeaveTheOtherSchemesAsTheyAre() throws Exception {
    PlainConnectionSocketFactory ofTheApplication = new PlainConnectionSocketFactory();
    Lookup<ConnectionSocketFactory> own =
        RegistryBuilder.<ConnectionSocketFactory>create()
            .register("http", ofTheApplication)
            .register("https", ofTheApplication)
            .build();
    @Nullable TransportPass before = TransportPass.of(OTHER).enter();
    @Nullable TransportPass outer = TransportPass.of(TLS).enter();

    Lookup<ConnectionSocketFactory> shown = TransportSockets.over(own);
    Lookup<ConnectionSocketFactory> elsewhere =
        CompletableFuture.supplyAsync(() -> TransportSockets.over(own)).get(20, TimeUnit.SECONDS);
    TransportPass.leave(outer);
    Lookup<ConnectionSocketFactory> after = TransportSockets.over(own);
    TransportPass.leave(before);

    assertThat(shown.lookup(TransportPass.scheme(TLS))).isInstanceOf(TransportSockets.class);
    assertThat(shown.lookup(TransportPass.scheme(OTHER))).isNull();
    // The way to a proxy, by either scheme, is made as the application has it made.
    assertThat(shown.lookup("http")).isSameAs(ofTheApplication);
    assertThat(shown.lookup("https")).isSameAs(ofTheApplication);
    assertThat(elsewhere).isSameAs(own);
    assertThat(after.lookup(TransportPass.scheme(TLS))).isNull();
    assertThat(TransportSockets.over(own)).isSameAs(own);
  }
}
