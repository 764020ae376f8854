package dev.evenkeel.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackServerTest {
  private static final String RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n2";

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "httpclient5"})
  void client_manyGets_readsTheBodyOfEach(String library) throws Exception {
    try (LoopbackServer server = LoopbackServer.start("2")) {
      CallClient client = CallClient.of(library);

      for (int i = 0; i < 10; i++) {
        assertThat(client.get("http://127.0.0.1:" + server.port() + "/hello")).isEqualTo("2");
      }
    }
  }

  @Test
  void server_requestInPieces_isAnsweredOnceAtItsEnd() throws Exception {
    try (LoopbackServer server = LoopbackServer.start("2");
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      connection.setTcpNoDelay(true);
      OutputStream out = connection.getOutputStream();

      for (String piece :
          new String[] {
            "GET / HTTP/1.1\r", "\nHost: a\r\n\r", "\n", "GET / HTTP/1.1\r\n\r\r\n\r\n"
          }) {
        out.write(piece.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      connection.shutdownOutput();

      assertThat(connection.getInputStream().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(RESPONSE + RESPONSE);
    }
  }
}
