package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.protocol.HttpContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the application's own code throws is held against no server. */
class ApplicationFaultTest {
  @RegisterExtension final Rig rig = new Rig();

  /** A body that claims to be repeatable. */
  private static HttpPost post(InputStream body) {
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(
        new InputStreamEntity(body) {
          @Override
          public boolean isRepeatable() {
            return true;
          }
        });
    return post;
  }

  @Test
  void body_thatCannotBeRead_isNoFailureOfTheServerAndDoesNotMove() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("one")), Rig.http(rig.start("two")));
    CloseableHttpAsyncClient client = rig.client();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("disk");
          }
        };

    assertThatThrownBy(() -> Rig.send(client, post(broken)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("disk");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void body_onAConnectionThatIsLost_isAFailureOfTheServer() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      rig.balancer.serve(
          "orders", new FakeServer("http", NamedHosts.ONE, listening.getLocalPort(), true));
      CloseableHttpAsyncClient client = rig.client();
      Thread server = new Thread(() -> resetOnce(listening));
      server.start();
      InputStream endless =
          new InputStream() {
            @Override
            public int read() {
              return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
              return length;
            }
          };

      assertThatThrownBy(() -> Rig.send(client, post(endless))).isInstanceOf(IOException.class);
      server.join();
    }

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  /** Takes some of a request, and resets its connection. */
  private static void resetOnce(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      socket.getInputStream().readNBytes(100_000);
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void consumer_thatThrows_isNoFailureOfTheServer() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    CloseableHttpAsyncClient client = rig.client();
    AsyncByteConsumer<String> consumer =
        new AsyncByteConsumer<>() {
          @Override
          protected void onByteReceived(ByteBuffer bytes, IOControl control) throws IOException {
            throw new IOException("disk");
          }

          @Override
          protected void onResponseReceived(HttpResponse response) {}

          @Override
          protected String buildResult(HttpContext context) {
            return "";
          }
        };
    Future<String> call =
        client.execute(HttpAsyncMethods.createGet("http://orders/"), consumer, null);

    assertThat(catchThrowable(call::get)).hasRootCauseMessage("disk");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void interceptor_thatRefusesTheAnswer_isNoFailureOfTheServer() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("body")));
    HttpResponseInterceptor interceptor =
        (response, context) -> {
          throw new HttpException("refused");
        };
    CloseableHttpAsyncClient client =
        rig.keep(rig.builder().addInterceptorLast(interceptor).build());

    assertThatThrownBy(() -> Rig.get(client, "http://orders/")).hasMessage("refused");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void callback_thatThrowsWhenThereIsNoServer_leavesTheCallFailed() {
    rig.balancer.serve("orders");
    FutureCallback<HttpResponse> throwing =
        new FutureCallback<>() {
          @Override
          public void completed(HttpResponse response) {}

          @Override
          public void failed(Exception failure) {
            throw new IllegalStateException("the application's", failure);
          }

          @Override
          public void cancelled() {}
        };

    Future<HttpResponse> call = rig.client().execute(new HttpGet("http://orders/"), throwing);

    assertThat(catchThrowable(call::get)).hasRootCauseInstanceOf(ConnectException.class);
    assertThat(rig.hosts.asked()).isEmpty();
  }
}
