package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.HealthCheckSpec.Mode;
import dev.evenkeel.runtime.http2.HeaderBlock;
import dev.evenkeel.runtime.http2.Http2Frame;
import dev.evenkeel.runtime.socket.ScriptedServer;
import dev.evenkeel.runtime.socket.StandardTls;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gRPC probe makes of HTTP/2 that gRPC's own server does not send. */
class Http2ProbeTest {
  private static final Prober.Result SERVING = new Prober.Result(true, "probe answered SERVING");

  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_UPDATE = 0x10;
  private static final int END_BOTH = Http2Frame.END_STREAM | Http2Frame.END_HEADERS;

  /** {@code :status: 200} of the static table. */
  private static final byte[] OK = {(byte) 0x88};

  private static final byte[] SERVING_MESSAGE = {0, 0, 0, 0, 2, 8, 1};

  private static final byte[] SETTINGS = frame(Http2Frame.SETTINGS, 0, 0);
  private static final byte[] HEADERS = frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 1, OK);
  private static final byte[] MESSAGE = frame(Http2Frame.DATA, 0, 1, SERVING_MESSAGE);
  private static final byte[] TRAILERS =
      frame(Http2Frame.HEADERS, END_BOTH, 1, header("grpc-status", "0"));

  private final AtomicLong nanos = new AtomicLong();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ProberFixture fixture = new ProberFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void answer_inTheUsualFrames_isTaken() throws Exception {
    assertThat(probe(SETTINGS, HEADERS, MESSAGE, TRAILERS)).isEqualTo(SERVING);
  }

  @Test
  void answer_paddedSplitAndWithFramesOfNoConcern_isTaken() throws Exception {
    byte[] padded = {3, 0, 0, 0, 0, 2, 0, 0, 0};
    byte[] prioritized = {2, 0, 0, 0, 0, 16, OK[0], 0, 0};
    byte[] trailers = header("grpc-status", "0");
    byte[] interim = bytes(8, 3, '1', '0', '3');

    assertThat(
            probe(
                frame(Http2Frame.SETTINGS, 0, 0, 0, 4, 0, 0, 0, 0),
                frame(8, 0, 0, 0, 0, 1, 0), // WINDOW_UPDATE
                frame(2, 0, 1, 0, 0, 0, 0, 16), // PRIORITY
                frame(PRIORITY_UPDATE, 0, 0, 1, 2, 3),
                frame(Http2Frame.SETTINGS, Http2Frame.ACK, 0),
                frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 1, interim),
                frame(
                    Http2Frame.HEADERS, PADDED | PRIORITY | Http2Frame.END_HEADERS, 1, prioritized),
                frame(Http2Frame.DATA, PADDED, 1, padded),
                frame(Http2Frame.DATA, 0, 1),
                frame(Http2Frame.DATA, 0, 1, 8, 1),
                frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, 1, trailers[0]),
                frame(
                    Http2Frame.CONTINUATION,
                    Http2Frame.END_HEADERS,
                    1,
                    Arrays.copyOfRange(trailers, 1, trailers.length))))
        .isEqualTo(SERVING);
  }

  @Test
  void settingsAndPings_areAcknowledgedAndTheEndIsSaid() throws Exception {
    ScriptedServer.RawScript script =
        connection -> {
          DataInputStream in = readRequest(connection);
          send(connection, SETTINGS, frame(Http2Frame.PING, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8));
          heard.add(readFrame(in));
          heard.add(readFrame(in));
          send(connection, frame(Http2Frame.PING, Http2Frame.ACK, 0, new byte[8]));
          send(connection, HEADERS, MESSAGE, TRAILERS);
          heard.add(readFrame(in));
          assertEnd(in);
        };
    try (ScriptedServer server = running(script)) {
      assertThat(probe(server, Checks.plain())).isEqualTo(SERVING);
    }

    assertThat(heard)
        .containsExactly(
            "4/1/0 []", "6/1/0 [1, 2, 3, 4, 5, 6, 7, 8]", "7/0/0 [0, 0, 0, 0, 0, 0, 0, 0]", "end");
  }

  @Test
  void answer_ofAStoppingServer_isTakenWhereItStillServesTheCall() throws Exception {
    byte[] graceful = goAway(Integer.MAX_VALUE, 0, "");

    assertThat(probe(SETTINGS, graceful, HEADERS, MESSAGE, TRAILERS)).isEqualTo(SERVING);
    assertThat(failure(SETTINGS, goAway(0, 0, "max_age")))
        .isEqualTo("server ended the connection: NO_ERROR max_age");
    assertThat(failure(SETTINGS, goAway(1, 11, "")))
        .isEqualTo("server ended the connection: ENHANCE_YOUR_CALM");
  }

  @Test
  void stream_thatIsReset_isUnhealthy() throws Exception {
    assertThat(failure(SETTINGS, frame(Http2Frame.RST_STREAM, 0, 1, 0, 0, 0, 7)))
        .isEqualTo("server reset the stream: REFUSED_STREAM");
    assertThat(failure(SETTINGS, HEADERS, frame(Http2Frame.RST_STREAM, 0, 1, -1, 0, 0, 7)))
        .isEqualTo("server reset the stream: error 4278190087");
  }

  @Test
  void response_ofAnotherKindThanGrpc_isUnhealthy() throws Exception {
    byte[] notFound = frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 1, (byte) 0x8d);
    byte[] unavailable = frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 1, 8, 3, '5', '0', '3');
    byte[] end = frame(Http2Frame.DATA, Http2Frame.END_STREAM, 1);

    assertThat(text(SETTINGS, notFound)).isEqualTo("probe answered HTTP status 404");
    assertThat(text(SETTINGS, unavailable)).isEqualTo("probe answered HTTP status 503");
    assertThat(text(SETTINGS, HEADERS, MESSAGE, end))
        .isEqualTo("probe answered without grpc-status");
    assertThat(text(SETTINGS, HEADERS, TRAILERS)).isEqualTo("probe answered without a message");
  }

  @Test
  void message_thatIsNone_isUnhealthy() throws Exception {
    for (byte[] content :
        List.of(
            bytes(0, 0, 0), // a part of the prefix
            bytes(1, 0, 0, 0, 2, 8, 1), // compressed
            bytes(0, 0, 0, 0, 3, 8, 1), // too short
            bytes(0, 0, 0, 0, 1, 8, 1), // too long
            bytes(0, 0, 0, 0, 1, 8), // a field without its value
            bytes(0, 0, 0, 0, 2, 0x13, 1), // a group
            bytes(0, 0, 0, 0, 2, 0x12, 9), // bytes beyond the end
            bytes(0, -1, -1, -1, -1, 8, 1))) {
      assertThat(failure(SETTINGS, HEADERS, frame(Http2Frame.DATA, 0, 1, content), TRAILERS))
          .isEqualTo("malformed gRPC message");
    }
  }

  @Test
  void message_withFieldsOfALaterVersion_isTaken() throws Exception {
    byte[] content =
        bytes(
            0, 0, 0, 0, 24, 0x12, 1, 'x', 8, 2, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x25, 1, 2, 3, 4,
            0x28, -1, 1, 8, 1);

    assertThat(probe(SETTINGS, HEADERS, frame(Http2Frame.DATA, 0, 1, content), TRAILERS))
        .isEqualTo(SERVING);
  }

  @Test
  void message_ofNoBytes_isUnknown() throws Exception {
    assertThat(text(SETTINGS, HEADERS, frame(Http2Frame.DATA, 0, 1, new byte[5]), TRAILERS))
        .isEqualTo("probe answered UNKNOWN");
  }

  @Test
  void frames_thatBreakTheRules_areUnhealthy() throws Exception {
    byte[] push = frame(Http2Frame.PUSH_PROMISE, Http2Frame.END_HEADERS, 1, 0, 0, 0, 2);

    assertThat(failure(SETTINGS, push)).isEqualTo("HTTP/2 push that is not allowed");
    assertThat(failure(SETTINGS, frame(Http2Frame.DATA, 0, 3, 1)))
        .isEqualTo("HTTP/2 frame of stream 3 that nobody opened");
    assertThat(failure(SETTINGS, frame(Http2Frame.CONTINUATION, 0, 1, 1)))
        .isEqualTo("HTTP/2 headers that continue nothing");
    assertThat(failure(SETTINGS, frame(Http2Frame.HEADERS, 0, 1, OK), MESSAGE))
        .isEqualTo("HTTP/2 headers that break off");
    assertThat(failure(SETTINGS, frame(Http2Frame.DATA, PADDED, 1, 3, 0, 0)))
        .isEqualTo("HTTP/2 frame with more padding than content");
    assertThat(failure(SETTINGS, frame(Http2Frame.DATA, PADDED, 1)))
        .isEqualTo("HTTP/2 frame that is too short");
    assertThat(failure(SETTINGS, frame(Http2Frame.HEADERS, PRIORITY, 1, 0, 0)))
        .isEqualTo("HTTP/2 frame that is too short");
    assertThat(failure(SETTINGS, frame(Http2Frame.GOAWAY, 0, 0, 0, 0, 0, 1)))
        .isEqualTo("HTTP/2 frame that is too short");
    assertThat(failure(SETTINGS, frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 1, 0, 9, 'x')))
        .isEqualTo("malformed response header");
  }

  @Test
  void frames_thatAreHuge_areNotRead() throws Exception {
    byte[] huge = frame(Http2Frame.DATA, 0, 1, new byte[16_385]);
    byte[] largest = frame(Http2Frame.DATA, 0, 1, new byte[16_384]);

    assertThat(failure(SETTINGS, HEADERS, huge)).isEqualTo("HTTP/2 frame that is too long");
    assertThat(failure(SETTINGS, new byte[] {-1, -1, -1, 0}))
        .isEqualTo("HTTP/2 frame that is too long");
    assertThat(failure(SETTINGS, HEADERS, largest, largest, largest, largest))
        .isEqualTo("answer longer than 65535 bytes");
  }

  @Test
  void server_thatFloods_isGivenUp() throws Exception {
    ScriptedServer.RawScript flood =
        connection -> {
          send(connection, SETTINGS);
          while (true) { // until the client is gone
            send(connection, frame(Http2Frame.PING, Http2Frame.ACK, 0, new byte[8]));
          }
        };
    try (ScriptedServer server = running(flood)) {
      assertThat(probe(server, Checks.plain()).text())
          .isEqualTo("probe failed: answer longer than 65535 bytes");
      await(server.closedByClient);
    }
  }

  @Test
  void server_thatSpeaksHttp1_isUnhealthy() throws Exception {
    assertThat(failure("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1)))
        .isEqualTo("server answered in HTTP/1 (expected: HTTP/2)");
  }

  @Test
  void server_thatSpeaksTls_isUnhealthy() throws Exception {
    assertThat(failure(bytes(0x15, 3, 3, 0, 2, 2, 10)))
        .isEqualTo("server answered in TLS (expected: healthCheck.scheme: https)");
  }

  @Test
  void server_thatSpeaksSomethingElse_isUnhealthy() throws Exception {
    assertThat(failure("SSH-2.0-OpenSSH_9.6\r\n".getBytes(ISO_8859_1)))
        .isEqualTo("not an HTTP/2 answer");
    assertThat(failure(HEADERS)).isEqualTo("not an HTTP/2 answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 12, 19, 24, 30})
  void server_thatCloses_isUnhealthy(int sent) throws Exception {
    byte[] whole = joined(SETTINGS, HEADERS, MESSAGE, TRAILERS);
    ScriptedServer.RawScript script =
        connection -> {
          readRequest(connection);
          send(connection, Arrays.copyOf(whole, sent));
          connection.shutdownOutput();
          ScriptedServer.awaitClose(connection);
        };
    try (ScriptedServer server = running(script)) {
      assertThat(probe(server, Checks.plain()))
          .isEqualTo(
              new Prober.Result(
                  false, "probe failed: connection closed before the end of the answer"));
    }
  }

  @Test
  void bytes_ofAnyKind_endInAVerdict() throws Exception {
    Random random = new Random(19);
    byte[] whole = joined(SETTINGS, HEADERS, MESSAGE, TRAILERS);
    for (int round = 0; round < 300; round++) {
      byte[] changed = whole.clone();
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      ScriptedServer.RawScript script =
          connection -> {
            send(connection, changed);
            connection.shutdownOutput();
            ScriptedServer.awaitClose(connection);
          };
      try (ScriptedServer server = running(script)) {
        assertThat(probe(server, Checks.plain()).text()).doesNotContain("Exception", "Index");
      }
    }
  }

  @Test
  void server_thatIsSilent_timesOutByTheReadsOwnLimit() throws Exception {
    try (ScriptedServer server = running(ScriptedServer::awaitClose)) {
      assertThat(probe(server, Checks.plain().timeout(Duration.ofMillis(150))))
          .isEqualTo(new Prober.Result(false, "probe timed out after 150ms"));
      await(server.closedByClient);
    }
  }

  @Test
  void server_thatPingsForEver_doesNotOutliveTheDeadline() throws Exception {
    fixture.close();
    fixture = new ProberFixture(nanos::get, new StandardTls());
    ScriptedServer.RawScript pinging =
        connection -> {
          DataInputStream in = readRequest(connection);
          send(connection, SETTINGS);
          readFrame(in);
          while (true) { // until the client is gone
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            send(connection, frame(Http2Frame.PING, 0, 0, new byte[8]));
            readFrame(in);
          }
        };
    try (ScriptedServer server = running(pinging)) {
      assertThat(probe(server, Checks.plain()).text()).isEqualTo("probe timed out after 5s");
      await(server.closedByClient);
    }
  }

  private String failure(byte[]... frames) throws Exception {
    String text = text(frames);
    assertThat(text).startsWith("probe failed: ");
    return text.substring("probe failed: ".length());
  }

  private String text(byte[]... frames) throws Exception {
    Prober.Result result = probe(frames);
    assertThat(result.isHealthy()).isFalse();
    return result.text();
  }

  /** The verdict on a server that sends this and leaves the connection open. */
  private Prober.Result probe(byte[]... frames) throws Exception {
    ScriptedServer.RawScript script =
        connection -> {
          readRequest(connection);
          send(connection, frames);
          ScriptedServer.awaitClose(connection);
        };
    try (ScriptedServer server = running(script)) {
      return probe(server, Checks.plain());
    }
  }

  private Prober.Result probe(ScriptedServer server, Checks check) throws InterruptedException {
    return fixture.probe(server.url(), check.spec(Mode.GRPC));
  }

  private static ScriptedServer running(ScriptedServer.RawScript script) throws IOException {
    return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  /** Reads up to the end of the client's request. */
  private static DataInputStream readRequest(Socket connection) throws IOException {
    DataInputStream in = new DataInputStream(connection.getInputStream());
    byte[] preface = in.readNBytes(24);
    assertThat(new String(preface, ISO_8859_1)).isEqualTo("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    String frame = readFrame(in);
    assertThat(frame).isEqualTo("4/0/0 [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]");
    while (!frame.startsWith("0/1/1 ")) {
      frame = readFrame(in);
    }
    return in;
  }

  /** As type/flags/stream and payload. */
  private static String readFrame(DataInputStream in) throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    return (lengthAndType & 0xff) + "/" + flags + "/" + stream + " " + Arrays.toString(payload);
  }

  private void assertEnd(DataInputStream in) throws IOException {
    heard.add(in.read() < 0 ? "end" : "more");
  }

  private static void send(Socket connection, byte[]... frames) throws IOException {
    connection.getOutputStream().write(joined(frames));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] goAway(int lastStream, int error, String debug) {
    byte[] text = debug.getBytes(ISO_8859_1);
    ByteBuffer payload = ByteBuffer.allocate(8 + text.length);
    payload.putInt(lastStream).putInt(error).put(text);
    return frame(Http2Frame.GOAWAY, 0, 0, payload.array());
  }

  private static byte[] header(String name, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    HeaderBlock.append(block, name, value);
    return block.toByteArray();
  }

  private static byte[] frame(int type, int flags, int stream, int... payload) {
    return frame(type, flags, stream, bytes(payload));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt((payload.length << 8) | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
