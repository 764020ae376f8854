package dev.evenkeel.balancer.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBufferTest {
  private static final byte[] BODY = "0123456789".getBytes(UTF_8);

  private final MirrorBudget budget = new MirrorBudget(1 << 20, 2);

  private RequestBuffer begun(boolean isBodyKept, long maxBodyBytes) {
    RequestBuffer buffer = RequestBuffer.of(budget, isBodyKept, maxBodyBytes);
    assertThat(buffer.begin("POST", "orders:81", "/a%2Fb?c=%20")).isNull();
    return buffer;
  }

  private static List<String> lines(MirroredRequest request) {
    List<String> lines = new ArrayList<>();
    request.headers((name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  private static byte[] body(MirroredRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    request.writeBody(out);
    return out.toByteArray();
  }

  @Test
  void request_withABody_isTheSameButForWhatConcernsTheConnection() throws IOException {
    RequestBuffer buffer = begun(true, -1);
    buffer.header("Host", "server:1");
    buffer.header("X-One", "1");
    buffer.header("Connection", "keep-alive, X-Gone");
    buffer.header("x-gone", "gone");
    buffer.header("Content-Type", "text/plain");
    buffer.header("Content-Length", "10");
    buffer.header("Expect", "100-continue");
    buffer.header("TE", "trailers");
    buffer.header("Proxy-Authorization", "secret");
    buffer.header(":path", "/");
    buffer.header("X-One", "2");
    buffer.body(BODY, 0, 4);
    assertThat(buffer.isWhole()).isFalse();
    buffer.body(BODY, 4, 6);
    assertThat(buffer.isWhole()).isTrue();

    MirroredRequest request = buffer.finished();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.authority()).isEqualTo("orders:81");
    assertThat(request.target()).isEqualTo("/a%2Fb?c=%20");
    assertThat(lines(request)).containsExactly("X-One: 1", "Content-Type: text/plain", "X-One: 2");
    assertThat(request.header("x-ONE")).isEqualTo("1");
    assertThat(request.header("Host")).isNull();
    assertThat(request.isChunked()).isFalse();
    assertThat(request.contentLength()).isEqualTo(10);
    assertThat(body(request)).isEqualTo(BODY);
  }

  @Test
  void cookies_inSeveralLines_areOne() {
    RequestBuffer buffer = begun(true, -1);
    buffer.header("cookie", "a=1");
    buffer.header("x-one", "1");
    buffer.header("cookie", "b=2");

    assertThat(lines(buffer.finished())).containsExactly("cookie: a=1; b=2", "x-one: 1");
  }

  @Test
  void request_withoutABody_hasNoLength() {
    assertThat(begun(true, 0).finished().contentLength()).isEqualTo(-1);
  }

  @Test
  void request_withAnEmptyBody_saysSo() {
    RequestBuffer buffer = begun(true, 0);
    assertThat(buffer.header("Content-Length", "0")).isNull();

    assertThat(buffer.end()).isNull();
    assertThat(buffer.finished().contentLength()).isZero();
  }

  @Test
  void request_ofUnknownLength_staysChunked() throws IOException {
    RequestBuffer buffer = begun(true, -1);
    buffer.header("Transfer-Encoding", "chunked");
    buffer.body(BODY, 2, 3);

    assertThat(buffer.isWhole()).isFalse();
    assertThat(buffer.end()).isNull();
    assertThat(buffer.finished().isChunked()).isTrue();
    assertThat(body(buffer.finished())).isEqualTo("234".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"Transfer-Encoding, chunked", "Content-Length, 10", "X, no frame as in HTTP/2"})
  void bodyLeftOut_request_isOneOfNoLength(String frame, String value) throws IOException {
    RequestBuffer buffer = begun(false, 2);
    buffer.header("Content-Type", "text/plain");
    buffer.header("Content-Encoding", "gzip");
    buffer.header("X-Content", "stays");
    assertThat(buffer.header(frame, value)).isNull();
    assertThat(buffer.body(BODY, 0, 10)).isNull();

    assertThat(buffer.end()).isNull();
    MirroredRequest request = buffer.finished();
    assertThat(lines(request)).contains("X-Content: stays").noneMatch(l -> l.startsWith("Content"));
    assertThat(request.isChunked()).isFalse();
    assertThat(request.contentLength()).isZero();
    assertThat(body(request)).isEmpty();
  }

  @Test
  void bodyLeftOut_ofARequestWithoutOne_changesNothing() {
    RequestBuffer buffer = begun(false, -1);
    buffer.header("Content-Type", "text/plain");

    assertThat(lines(buffer.finished())).containsExactly("Content-Type: text/plain");
    assertThat(buffer.finished().contentLength()).isEqualTo(-1);
  }

  @Test
  void body_overTheLimit_isUnfit() {
    RequestBuffer declared = begun(true, 9);
    assertThat(declared.header("Content-Length", "10")).isEqualTo(Fate.UNFIT);
    RequestBuffer streamed = begun(true, 9);

    assertThat(streamed.body(BODY, 0, 9)).isNull();
    assertThat(streamed.body(BODY, 9, 1)).isEqualTo(Fate.UNFIT);
  }

  @Test
  void body_thatBrokeOff_isUnfit() {
    RequestBuffer buffer = begun(true, -1);
    buffer.header("Content-Length", "10");
    buffer.body(BODY, 0, 9);

    assertThat(buffer.end()).isEqualTo(Fate.UNFIT);
  }

  @Test
  void webSocket_isNotMirrored() {
    assertThat(begun(true, -1).header("Sec-WebSocket-Key", "x")).isEqualTo(Fate.WITHDRAWN);
  }

  @Test
  void body_inPiecesOfAnySize_isTheSame() throws IOException {
    byte[] large = new byte[300_000];
    new Random(7).nextBytes(large);
    RequestBuffer buffer = begun(true, -1);
    int piece = 1;
    for (int at = 0; at < large.length; at += piece, piece = piece * 3 + 1) {
      buffer.body(large, at, Math.min(piece, large.length - at));
    }

    assertThat(body(buffer.finished())).isEqualTo(large);
    assertThat(budget.bytes()).isBetween(300_000L, 400_000L);
  }

  @Test
  void budget_ofBytes_isNeverExceededAndAllGivenBack() {
    RequestBuffer buffer = begun(true, -1);
    byte[] large = new byte[700_000];
    assertThat(buffer.body(large, 0, large.length)).isNull();
    assertThat(buffer.body(large, 0, large.length)).isEqualTo(Fate.NO_ROOM);
    assertThat(budget.bytes()).isLessThanOrEqualTo(1 << 20);

    buffer.giveBack();
    buffer.giveBack();
    assertThat(buffer.body(BODY, 0, 10)).isIn(null, Fate.NO_ROOM);
    assertThat(buffer.body(large, 0, large.length)).isEqualTo(Fate.NO_ROOM);

    assertThat(budget.bytes()).isZero();
    assertThat(budget.copies()).isZero();
  }

  @Test
  void budget_ofCopies_isTheirNumber() {
    RequestBuffer first = begun(true, -1);
    assertThat(RequestBuffer.of(budget, true, -1)).isNotNull();
    assertThat(RequestBuffer.of(budget, true, -1)).isNull();

    first.giveBack();

    assertThat(RequestBuffer.of(budget, true, -1)).isNotNull();
    assertThat(Arrays.asList(budget.copies())).containsExactly(2);
  }
}
