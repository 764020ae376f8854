package dev.evenkeel.httpasyncclient4;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.apache.http.impl.io.HttpTransportMetricsImpl;
import org.apache.http.impl.nio.codecs.ChunkEncoder;
import org.apache.http.impl.nio.codecs.LengthDelimitedEncoder;
import org.apache.http.impl.nio.reactor.SessionOutputBufferImpl;
import org.apache.http.nio.ContentEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLengthTest {
  private static final byte[] BODY = "a body".getBytes(US_ASCII);

  private final WritableByteChannel wire = Channels.newChannel(new ByteArrayOutputStream());
  private final SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(512);
  private final HttpTransportMetricsImpl metrics = new HttpTransportMetricsImpl();

  @Test
  void body_thatEndsTooEarly_missesItsLength() throws IOException {
    ContentEncoder encoder = written(declaring(BODY.length + 1));

    assertThat(BodyLength.isMissed(encoder)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 5})
  void body_thatFillsWhatWasDeclared_doesNot(long declaredBytes) throws IOException {
    ContentEncoder encoder = written(declaring(declaredBytes));

    assertThat(encoder.isCompleted()).isTrue();
    assertThat(BodyLength.isMissed(encoder)).isFalse();
  }

  @Test
  void body_inChunks_hasNoLengthToMiss() throws IOException {
    ContentEncoder encoder = written(new ChunkEncoder(wire, buffer, metrics));

    assertThat(BodyLength.isMissed(encoder)).isFalse();
  }

  @Test
  void body_thatIsCopied_isSeenThroughTheCopies() throws IOException {
    ContentEncoder copied = new CopiedEncoder(declaring(BODY.length + 1), copy());
    ContentEncoder copiedTwice = written(new CopiedEncoder(copied, copy()));

    assertThat(BodyLength.isMissed(copiedTwice)).isTrue();
  }

  private static FakeCopy copy() {
    return new FakeCopy(new FakeBalancer());
  }

  private ContentEncoder declaring(long bytes) {
    return new LengthDelimitedEncoder(wire, buffer, metrics, bytes);
  }

  private static ContentEncoder written(ContentEncoder encoder) throws IOException {
    int unused = encoder.write(ByteBuffer.wrap(BODY));
    if (!encoder.isCompleted()) {
      encoder.complete();
    }
    return encoder;
  }
}
