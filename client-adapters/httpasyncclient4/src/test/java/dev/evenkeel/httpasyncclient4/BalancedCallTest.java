package dev.evenkeel.httpasyncclient4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Outcome;
import java.io.ByteArrayOutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.io.HttpTransportMetricsImpl;
import org.apache.http.impl.nio.codecs.IdentityEncoder;
import org.apache.http.impl.nio.reactor.SessionOutputBufferImpl;
import org.apache.http.nio.ContentEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call keeps its connection's encoder, which leads to its handler, no longer than it must. */
class BalancedCallTest {
  @RegisterExtension final Rig rig = new Rig();

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ContentEncoder client =
      new IdentityEncoder(
          Channels.newChannel(sent),
          new SessionOutputBufferImpl(64),
          new HttpTransportMetricsImpl());
  private BalancedCall call;

  @BeforeEach
  void send() throws Exception {
    rig.balancer.serve("orders", Rig.dead());
    rig.balancer.mirror();
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new StringEntity("body", UTF_8));
    HttpRequestWrapper request = HttpRequestWrapper.wrap(post);
    call =
        new BalancedCall(
            Evenkeel.balancer().open("orders", request, RequestView.INSTANCE),
            request,
            new HttpRoute(new HttpHost("orders")));
    assertThat(call.begin()).isTrue();
    call.sending(request, 0, true);
  }

  @Test
  void encoder_whileTheBodyIsWritten_isCopied() {
    ContentEncoder copied = call.body().writing(client);

    assertThat(copied).isInstanceOf(CopiedEncoder.class);
    assertThat(call.body().writing(client)).isSameAs(copied);
    call.end();
  }

  @Test
  void encoder_afterTheEnd_isTheClientsOwn() {
    call.body().writing(client);

    call.end();

    assertThat(call.body().writing(client)).isSameAs(client);
  }

  @Test
  void encoder_afterTheBody_isTheClientsOwn() throws Exception {
    ContentEncoder copied = call.body().writing(client);
    copied.write(ByteBuffer.wrap("body".getBytes(UTF_8)));
    copied.complete();

    call.body().whole(false);

    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
    assertThat(rig.balancer.onlyCopy().isWhole()).isTrue();
    assertThat(call.body().writing(client)).isSameAs(client);
    call.end();
  }

  @Test
  void failure_afterABodyThatEndedTooEarly_isNotTheServers() {
    call.body().whole(true);

    call.fail(new SocketTimeoutException());

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void failure_afterAWholeBody_isTheServers() {
    call.body().whole(false);

    call.fail(new SocketTimeoutException());

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }
}
