package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets are balanced like the GET that opens them. */
final class WebSocketTest {
  @RegisterExtension final Rig rig = new Rig();

  @ParameterizedTest
  @ValueSource(strings = {"ws://orders/chat", "wss://orders/chat"})
  void webSocket_toAService_echoesAfterAFailover(String url) throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(new MockResponse.Builder().webSocketUpgrade(new Echo()).build()));
    rig.balancer.service("orders", Rig.dead("dead"), Rig.at("one", one));
    Echoed echoed = new Echoed();

    WebSocket socket = rig.client().newWebSocket(Rig.get(url), echoed);
    socket.send("hello");

    assertThat(echoed.text.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
    socket.close(1000, null);
    assertThat(echoed.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(Rig.taken(one).getHeaders().get("Host")).isEqualTo("orders");
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin dead.test",
            "end CONNECT_FAILED",
            "begin one.test",
            "answered 101",
            "end COMPLETED");
  }

  private static final class Echo extends WebSocketListener {
    @Override
    public void onMessage(WebSocket webSocket, String text) {
      webSocket.send(text);
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      webSocket.close(code, reason);
    }
  }

  private static final class Echoed extends WebSocketListener {
    final CompletableFuture<String> text = new CompletableFuture<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public void onMessage(WebSocket webSocket, String message) {
      text.complete(message);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
      closed.complete(code);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
      text.completeExceptionally(failure);
      closed.completeExceptionally(failure);
    }
  }
}
