package dev.evenkeel.httpclient5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiedChannelTest {
  private final Narrow connection = new Narrow();
  private final FakeCopy copy = new FakeCopy(new FakeBalancer());
  private final CopiedChannel channel = new CopiedChannel(connection, copy);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytes_takenInParts_areCopiedOnce(boolean isDirect) throws IOException {
    String text = "0123456789".repeat(10_000);
    ByteBuffer bytes = buffer("skipped" + text, isDirect);
    bytes.position(7);

    while (bytes.hasRemaining()) {
      int before = bytes.position();
      assertThat(channel.write(bytes)).isEqualTo(bytes.position() - before);
    }
    channel.endStream();

    assertThat(connection.body.toString(UTF_8)).isEqualTo(text);
    assertThat(copy.body()).isEqualTo(text);
    assertThat(copy.isWhole()).isTrue();
  }

  @Test
  void bytes_ofASliceAndOfAReadOnlyBuffer_areCopied() throws IOException {
    ByteBuffer whole = buffer("..ab", false);
    whole.position(2);

    channel.write(whole.slice());
    channel.write(buffer("cd", false).asReadOnlyBuffer());

    assertThat(copy.body()).isEqualTo("abcd");
  }

  @Test
  void bytes_thatAFullConnectionDoesNotTake_areNotCopied() throws IOException {
    connection.room = 0;

    assertThat(channel.write(buffer("abc", false))).isZero();

    assertThat(copy.body()).isEmpty();
  }

  @Test
  void end_withTrailers_isTheEnd() throws IOException {
    channel.endStream(List.of());

    assertThat(copy.isWhole()).isTrue();
    assertThat(connection.calls).containsExactly("end []");
  }

  @Test
  void bodyThatBreaksOff_isNotWhole() throws IOException {
    channel.write(buffer("abc", false));
    connection.failure = new IOException("broken");

    assertThatThrownBy(() -> channel.write(buffer("def", false))).isSameAs(connection.failure);

    assertThat(copy.body()).isEqualTo("abc");
    assertThat(copy.isWhole()).isFalse();
  }

  @Test
  void otherChannel_forTheNextPart_goesOnWithTheSameCopy() throws IOException {
    Narrow next = new Narrow();

    channel.write(buffer("ab", false));
    CopiedChannel going = channel.to(next);
    going.write(buffer("cd", false));
    going.requestOutput();
    going.endStream();

    assertThat(channel.to(connection)).isSameAs(channel);
    assertThat(next.body.toString(UTF_8)).isEqualTo("cd");
    assertThat(next.calls).containsExactly("output", "end null");
    assertThat(copy.body()).isEqualTo("abcd");
    assertThat(copy.isWhole()).isTrue();
  }

  @Test
  void fault_ofTheCopy_leavesAGapThatNoOtherChannelHides() throws IOException {
    FakeBalancer failing = new FakeBalancer();
    failing.plant("copy.body", 0);
    FakeCopy broken = new FakeCopy(failing);
    CopiedChannel first = new CopiedChannel(connection, broken);

    first.write(buffer("ab", false));
    failing.plant("nowhere", 0);
    CopiedChannel second = first.to(new Narrow());
    second.write(buffer("cd", false));
    second.endStream();

    assertThat(connection.body.toString(UTF_8)).isEqualTo("ab");
    assertThat(broken.body()).isEmpty();
    assertThat(broken.isWhole()).isFalse();
  }

  private static ByteBuffer buffer(String text, boolean isDirect) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteBuffer buffer =
        isDirect ? ByteBuffer.allocateDirect(bytes.length) : ByteBuffer.allocate(bytes.length);
    return buffer.put(bytes).flip();
  }

  /** A connection that takes a part of what it is given at a time. Not thread-safe. */
  static final class Narrow implements DataStreamChannel {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final List<String> calls = new ArrayList<>();
    int room = 30_000;
    @Nullable IOException failure;
    @Nullable IOException endFailure;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (failure != null) {
        throw failure;
      }
      int taken = Math.min(room, bytes.remaining());
      for (int i = 0; i < taken; i++) {
        body.write(bytes.get());
      }
      return taken;
    }

    @Override
    public void requestOutput() {
      calls.add("output");
    }

    @Override
    public void endStream() throws IOException {
      endStream(null);
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
      if (endFailure != null) {
        throw endFailure;
      }
      calls.add("end " + trailers);
    }
  }
}
