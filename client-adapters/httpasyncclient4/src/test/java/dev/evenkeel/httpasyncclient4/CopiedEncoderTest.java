package dev.evenkeel.httpasyncclient4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.RequestCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CopiedEncoderTest {
  private static final String TEXT = "0123456789".repeat(2_000);

  @RegisterExtension final Rig rig = new Rig();

  private final Taking client = new Taking(700);
  private final Kept copy = new Kept();
  private final CopiedEncoder encoder = new CopiedEncoder(client, copy);

  @Test
  void body_takenInParts_isCopiedOnce() throws IOException {
    write(ByteBuffer.wrap(("ab" + TEXT).getBytes(UTF_8), 2, TEXT.length()).slice());

    assertThat(copy.body).hasToString(TEXT);
    assertThat(client.taken).hasToString(TEXT);
    assertThat(copy.isWhole).isTrue();
    assertThat(encoder.isCompleted()).isTrue();
  }

  @Test
  void body_inADirectBuffer_isCopied() throws IOException {
    write(ByteBuffer.allocateDirect(TEXT.length()).put(TEXT.getBytes(UTF_8)).flip());

    assertThat(copy.body).hasToString(TEXT);
    assertThat(client.taken).hasToString(TEXT);
  }

  @Test
  void copy_thatFails_isLeftWithAGapAndTheBodyGoesOn() throws IOException {
    rig.expectFaults();
    copy.isFailing = true;

    write(ByteBuffer.wrap(TEXT.getBytes(UTF_8)));

    assertThat(client.taken).hasToString(TEXT);
    assertThat(copy.isWhole).isFalse();
    assertThat(rig.balancer.faults()).singleElement().hasToString("java.lang.AssertionError: full");
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      assertThat(encoder.write(bytes)).isPositive();
    }
    encoder.complete();
  }

  /** Takes some bytes at a time. */
  private static final class Taking implements ContentEncoder {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int atATime;
    private boolean isCompleted;

    Taking(int atATime) {
      this.atATime = atATime;
    }

    @Override
    public int write(ByteBuffer bytes) {
      byte[] part = new byte[Math.min(atATime, bytes.remaining())];
      bytes.get(part);
      taken.writeBytes(part);
      return part.length;
    }

    @Override
    public void complete() {
      isCompleted = true;
    }

    @Override
    public boolean isCompleted() {
      return isCompleted;
    }
  }

  private static final class Kept implements RequestCopy {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean isFailing;
    private boolean isWhole;

    @Override
    public void begin(String method, String authority, String target) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void body(byte[] bytes, int offset, int length) {
      if (isFailing) {
        throw new AssertionError("full");
      }
      body.write(bytes, offset, length);
    }

    @Override
    public void end() {
      isWhole = true;
    }
  }
}
