package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.BasicHttpEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgedEntityTest {
  private static final int BYTES = 6;

  private final ByteArrayOutputStream connection = new ByteArrayOutputStream();

  @Test
  void body_thatEndsTooEarly_hasFailed() throws IOException {
    JudgedEntity judged = declaring(BYTES + 1);
    assertThat(judged.hasFailed()).isFalse();

    judged.writeTo(connection);

    assertThat(judged.hasFailed()).isTrue();
    assertThat(connection.size()).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(longs = {BYTES, BYTES - 1, -1})
  void body_thatFillsWhatWasDeclared_hasNot(long declaredBytes) throws IOException {
    JudgedEntity judged = declaring(declaredBytes);

    judged.writeTo(connection);

    assertThat(judged.hasFailed()).isFalse();
  }

  @Test
  void body_inChunks_declaresNothing() throws IOException {
    JudgedEntity judged = declaring(BYTES + 1, true);

    judged.writeTo(connection);

    assertThat(judged.hasFailed()).isFalse();
  }

  @Test
  void connection_thatBreaksUnderABody_wasTheReason() {
    JudgedEntity judged = declaring(BYTES);

    assertThatThrownBy(() -> judged.writeTo(new Broken())).hasMessage("Broken pipe");

    assertThat(judged.hasFailed()).isFalse();
  }

  private static JudgedEntity declaring(long bytes) {
    return declaring(bytes, false);
  }

  private static JudgedEntity declaring(long bytes, boolean isChunked) {
    InputStream content = new ByteArrayInputStream(new byte[BYTES]);
    return new JudgedEntity(
        new BasicHttpEntity(content, bytes, ContentType.TEXT_PLAIN, null, isChunked));
  }

  /** Takes nothing. Thread-safe. */
  private static final class Broken extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
