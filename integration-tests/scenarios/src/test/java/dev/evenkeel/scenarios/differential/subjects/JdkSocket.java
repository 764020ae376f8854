package dev.evenkeel.scenarios.differential.subjects;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an application does with a WebSocket of the JDK, and what it hears. Thread-safe. */
final class JdkSocket implements WebSocket.Listener {
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

  private final Seen seen;
  private final Ear ear = new Ear();
  private final Parts parts = new Parts();

  JdkSocket(Seen seen) {
    this.seen = seen;
  }

  /** Opens the WebSocket, and returns once it is over. */
  void talk(HttpClient client, String url, List<String[]> headers, List<Move> moves)
      throws Exception {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (String[] field : headers) {
      if (field[0].equals(PROTOCOLS)) {
        String[] protocols = field[1].split(", ", -1);
        builder.subprotocols(
            protocols[0], List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
      } else {
        builder.header(field[0], field[1]);
      }
    }
    WebSocket socket = opened(builder, url);
    moves.stream().filter(move -> !ear.isEnded()).forEach(move -> make(move, socket));
    ear.awaitEnd();
    seen.add("input closed " + socket.isInputClosed());
  }

  private WebSocket opened(WebSocket.Builder builder, String url) throws Exception {
    try {
      return builder.buildAsync(URI.create(url), this).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        answer(refused.getResponse());
      }
      throw e;
    }
  }

  private void answer(@Nullable HttpResponse<?> response) {
    for (HttpResponse<?> each = response; each != null; ) {
      seen.add("status " + each.version() + " " + each.statusCode());
      seen.add("uri " + each.uri() + " of " + each.request());
      each.headers().map().forEach((name, values) -> values.forEach(v -> seen.header(name, v)));
      seen.body(String.valueOf(each.body()));
      each = each.previousResponse().orElse(null);
    }
  }

  private void make(Move move, WebSocket socket) {
    if (move instanceof Move.Text text) {
      for (int i = 0, last = text.parts().size() - 1; i <= last; i++) {
        await(socket.sendText(text.parts().get(i), i == last));
      }
    } else if (move instanceof Move.Binary binary) {
      for (int i = 0, last = binary.parts().size() - 1; i <= last; i++) {
        await(socket.sendBinary(bytes(binary.parts().get(i)), i == last));
      }
    } else if (move instanceof Move.Ping ping) {
      await(socket.sendPing(bytes(ping.payload())));
      ear.awaitMessage();
    } else if (move instanceof Move.Hear) {
      ear.awaitMessage();
    } else if (move instanceof Move.Close close) {
      await(socket.sendClose(close.code(), close.reason()));
    } else if (move instanceof Move.Cancel) {
      socket.abort();
      ear.end(); // The listener is told nothing.
    }
  }

  private static void await(CompletionStage<WebSocket> sent) {
    WebSocket unused = sent.toCompletableFuture().join();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }

  @Override
  public void onOpen(WebSocket socket) {
    seen.add("opens, protocol " + socket.getSubprotocol());
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part("text ", data.toString(), last);
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    part("binary ", text(data), last);
    socket.request(1);
    return null;
  }

  private void part(String kind, String data, boolean last) {
    parts.add(data);
    if (last) {
      seen.add(kind + parts.take());
      ear.heard();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    seen.add("ping " + text(message));
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    seen.add("pong " + text(message));
    ear.heard();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    seen.add("closed " + code + " " + reason);
    ear.end();
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    seen.failed(failure);
    ear.end();
  }

  /** The fragments of one message, in the order of arrival. Not thread-safe; one per listener. */
  private static final class Parts {
    private final StringBuilder whole = new StringBuilder();
    private final StringBuilder cut = new StringBuilder();

    void add(String part) {
      cut.append(whole.isEmpty() ? "" : "|").append(part);
      whole.append(part);
    }

    /** Where a long message is cut is up to the network. */
    String take() {
      String all = whole.toString();
      String shortened = Seen.shortened(all);
      String taken = shortened.equals(all) ? cut.toString() : shortened;
      whole.setLength(0);
      cut.setLength(0);
      return taken;
    }
  }
}
