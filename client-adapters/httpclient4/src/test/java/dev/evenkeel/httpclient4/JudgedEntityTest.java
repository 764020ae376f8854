package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.entity.BasicHttpEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgedEntityTest {
  private static final int BYTES = 6;

  private final BasicHttpEntity body = new BasicHttpEntity();
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
    body.setChunked(true);
    JudgedEntity judged = declaring(BYTES + 1);

    judged.writeTo(connection);

    assertThat(judged.hasFailed()).isFalse();
  }

  @Test
  void connection_thatBreaksUnderABody_wasTheReason() {
    JudgedEntity judged = declaring(BYTES);

    assertThatThrownBy(() -> judged.writeTo(new Broken())).hasMessage("Broken pipe");

    assertThat(judged.hasFailed()).isFalse();
  }

  private JudgedEntity declaring(long bytes) {
    body.setContent(new ByteArrayInputStream(new byte[BYTES]));
    body.setContentLength(bytes);
    return new JudgedEntity(body);
  }

  /** Takes nothing. Thread-safe. */
  private static final class Broken extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
