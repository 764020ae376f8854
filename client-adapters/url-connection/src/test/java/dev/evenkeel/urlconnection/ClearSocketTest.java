package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClearSocketTest {
  private static final byte HANDSHAKE = 22;
  private static final String REFUSAL = "no TLS with an http server";

  private final ServerSocket listening;
  private final ClearSocket socket = new ClearSocket();
  private final Socket accepted;

  ClearSocketTest() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket.connect(listening.getLocalSocketAddress());
    accepted = listening.accept();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    accepted.close();
    listening.close();
  }

  private byte[] arrived() throws IOException {
    socket.shutdownOutput();
    return accepted.getInputStream().readAllBytes();
  }

  @Test
  void handshake_asTheFirstRecord_isRefused() throws IOException {
    OutputStream out = socket.getOutputStream();

    assertThatThrownBy(() -> out.write(new byte[] {HANDSHAKE, 3, 1}))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(REFUSAL);
    assertThat(arrived()).isEmpty();
  }

  @Test
  void handshake_asTheFirstByte_isRefused() throws IOException {
    OutputStream out = socket.getOutputStream();

    assertThatThrownBy(() -> out.write(HANDSHAKE))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(REFUSAL);
    assertThat(arrived()).isEmpty();
  }

  @Test
  void handshake_afterAWriteOfNothing_isRefused() throws IOException {
    socket.getOutputStream().write(new byte[0]);

    assertThatThrownBy(() -> socket.getOutputStream().write(new byte[] {0, HANDSHAKE}, 1, 1))
        .hasMessage(REFUSAL);
    assertThat(arrived()).isEmpty();
  }

  @Test
  void bytesOfABody_thatLookLikeAHandshake_arrive() throws IOException {
    socket.getOutputStream().write('P');
    socket.getOutputStream().write(new byte[] {HANDSHAKE, 1});
    socket.getOutputStream().write(HANDSHAKE);
    socket.getOutputStream().write(new byte[] {0, HANDSHAKE, 2}, 1, 2);

    assertThat(arrived()).containsExactly('P', HANDSHAKE, 1, HANDSHAKE, HANDSHAKE, 2);
  }
}
