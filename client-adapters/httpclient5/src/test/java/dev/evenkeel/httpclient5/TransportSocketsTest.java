package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeTransport;
import okhttp3.tls.HandshakeCertificates;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.junit.jupiter.api.Test;

/** The application may give one context to several calls at once. */
class TransportSocketsTest {
  private static final String ATTRIBUTE = "http.socket-factory-registry";

  private static final FakeTransport TLS =
      new FakeTransport("t", new HandshakeCertificates.Builder().build());

  private final TransportSockets first = new TransportSockets(TransportPass.of(TLS));
  private final TransportSockets second = new TransportSockets(TransportPass.of(TLS));

  @Test
  void context_afterCallsThatOverlapped_isAsTheApplicationHadIt() {
    HttpClientContext context = HttpClientContext.create();
    Object own = new Object();
    context.setAttribute(ATTRIBUTE, own);

    first.putOn(context);
    second.putOn(context);
    first.takeOff(context);
    second.takeOff(context);

    assertThat(context.getAttribute(ATTRIBUTE)).isSameAs(own);
  }

  @Test
  void context_ofACallThatIsUnderWay_isNotTakenFromIt() {
    HttpClientContext context = HttpClientContext.create();

    first.putOn(context);
    second.putOn(context);
    first.takeOff(context);

    assertThat(context.getAttribute(ATTRIBUTE)).isSameAs(second);
    second.takeOff(context);
    assertThat(context.getAttribute(ATTRIBUTE)).isNull();
  }
}
