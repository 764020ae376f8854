package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** What an application does with a WebSocket of OkHttp, and what it hears. Thread-safe. */
final class OkHttpSocket extends WebSocketListener {
  private final Seen seen;
  private final Ear ear = new Ear();

  OkHttpSocket(Seen seen) {
    this.seen = seen;
  }

  /** Opens the WebSocket, and returns once it is over. */
  void talk(OkHttpClient client, Request request, List<Move> moves) {
    WebSocket socket = client.newWebSocket(request, this);
    if (ear.awaitOpen()) {
      moves.stream().filter(move -> !ear.isEnded()).forEach(move -> make(move, socket));
    }
    ear.awaitEnd();
  }

  private void make(Move move, WebSocket socket) {
    if (move instanceof Move.Text text) {
      boolean unused = socket.send(String.join("", text.parts()));
    } else if (move instanceof Move.Binary binary) {
      boolean unused = socket.send(bytes(String.join("", binary.parts())));
    } else if (move instanceof Move.Hear) {
      ear.awaitMessage();
    } else if (move instanceof Move.Close close) {
      boolean unused = socket.close(close.code(), close.reason());
    } else if (move instanceof Move.Cancel) {
      socket.cancel();
    }
    // Its pings are the client's own.
  }

  private static ByteString bytes(String text) {
    return ByteString.encodeString(text, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    seen.add("opens " + socket.request().url());
    answer(response);
    ear.open();
  }

  private void answer(Response response) {
    seen.add("status " + response.protocol() + " " + response.code() + " " + response.message());
    seen.add("uri " + response.request().url());
    response.headers().forEach(pair -> seen.header(pair.getFirst(), pair.getSecond()));
    for (Response prior = response.priorResponse(); prior != null; ) {
      seen.add("prior " + prior.code() + " of " + prior.request().url());
      prior = prior.priorResponse();
    }
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    seen.add("text " + Seen.shortened(text));
    ear.heard();
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    seen.add("binary " + Seen.shortened(bytes.string(StandardCharsets.ISO_8859_1)));
    ear.heard();
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    seen.add("closing " + code + " " + reason);
    boolean unused = socket.close(1000, "bye too");
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    seen.add("closed " + code + " " + reason);
    ear.end();
  }

  @Override
  public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
    seen.failed(failure);
    if (response != null) {
      answer(response);
      if (response.code() != 101) {
        body(response);
      }
    }
    ear.end();
  }

  private void body(Response response) {
    try {
      seen.body(response.body().string());
    } catch (IOException e) {
      seen.failed(e);
    }
  }
}
