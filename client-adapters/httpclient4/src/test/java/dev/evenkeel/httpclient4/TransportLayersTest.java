package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeTransport;
import okhttp3.tls.HandshakeCertificates;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.junit.jupiter.api.Test;

/** The application may give one context to several calls at once. */
class TransportLayersTest {
  private static final String ATTRIBUTE = "http.socket-factory-registry";

  private static final FakeTransport TLS =
      new FakeTransport("mutual", new HandshakeCertificates.Builder().build());

  @Test
  void context_afterCallsThatOverlapped_isAsTheApplicationHadIt() {
    HttpClientContext context = HttpClientContext.create();
    Object own = RegistryBuilder.<ConnectionSocketFactory>create().build();
    context.setAttribute(ATTRIBUTE, own);

    TransportLayers first = TransportLayers.putOn(context, TLS);
    TransportLayers second = TransportLayers.putOn(context, TLS);
    first.takeOff(context);
    second.takeOff(context);

    assertThat(context.getAttribute(ATTRIBUTE)).isSameAs(own);
  }

  @Test
  void context_ofACallThatIsUnderWay_isNotTakenFromIt() {
    HttpClientContext context = HttpClientContext.create();

    TransportLayers first = TransportLayers.putOn(context, TLS);
    TransportLayers second = TransportLayers.putOn(context, TLS);
    first.takeOff(context);

    assertThat(context.getAttribute(ATTRIBUTE)).isSameAs(second);
    second.takeOff(context);
    assertThat(context.getAttribute(ATTRIBUTE)).isNull();
  }
}
