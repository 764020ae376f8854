package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.testkit.fake.GivingUp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.ConnectionClosedException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The 413 of ours is read as the application wants to, as one of a connection is. */
class TooLargeTest {
  @RegisterExtension final Rig rig = new Rig();

  @BeforeEach
  void refuse() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("never")));
    GivingUp balancer = new GivingUp(rig.balancer);
    balancer.limitBodies(3);
    Evenkeel.install(balancer);
  }

  private Future<String> post(Reader reader) {
    HttpPost post = new HttpPost("/");
    post.setEntity(new StringEntity("body", StandardCharsets.US_ASCII));
    return rig.client()
        .execute(HttpAsyncMethods.create(new HttpHost("orders"), post), reader, null);
  }

  @Test
  void reader_thatSuspendsItsInput_getsTheRestWhenItWantsIt() throws Exception {
    CompletableFuture<IOControl> suspended = new CompletableFuture<>();
    Future<String> call =
        post(
            new Reader() {
              @Override
              void read(ContentDecoder decoder, IOControl control) throws IOException {
                if (text.isEmpty()) {
                  take(decoder, 7);
                }
                if (suspended.isDone()) {
                  take(decoder, 100);
                } else {
                  control.suspendInput();
                  suspended.complete(control);
                }
              }
            });
    IOControl control = suspended.get(20, TimeUnit.SECONDS);
    assertThat(call.isDone()).isFalse();

    control.requestInput();

    assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("413 Request body too large\n");
  }

  @Test
  void reader_thatWantsMoreAtOnce_getsIt() throws Exception {
    Future<String> call =
        post(
            new Reader() {
              @Override
              void read(ContentDecoder decoder, IOControl control) throws IOException {
                control.suspendInput();
                take(decoder, 1);
                control.requestInput();
              }
            });

    assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("413 Request body too large\n");
  }

  @Test
  void reader_thatReadsNothing_isToldThatTheAnswerIsNotWhole() {
    Future<String> call =
        post(
            new Reader() {
              @Override
              void read(ContentDecoder decoder, IOControl control) {}
            });

    assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void reader_thatShutsTheConnectionDown_failsItsCall() {
    Future<String> call =
        post(
            new Reader() {
              @Override
              void read(ContentDecoder decoder, IOControl control) throws IOException {
                control.shutdown();
              }
            });

    assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ConnectionClosedException.class);
  }

  /** Makes a text of the answer. */
  private abstract static class Reader extends AbstractAsyncResponseConsumer<String> {
    final StringBuilder text = new StringBuilder();
    private volatile int status;

    abstract void read(ContentDecoder decoder, IOControl control) throws IOException;

    void take(ContentDecoder decoder, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      decoder.read(bytes);
      text.append(StandardCharsets.US_ASCII.decode(bytes.flip()));
    }

    @Override
    protected void onResponseReceived(HttpResponse response) {
      status = response.getStatusLine().getStatusCode();
    }

    @Override
    protected void onEntityEnclosed(HttpEntity entity, ContentType type) {}

    @Override
    protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
      read(decoder, control);
    }

    @Override
    protected String buildResult(HttpContext context) {
      return status + " " + text;
    }

    @Override
    protected void releaseResources() {}
  }
}
