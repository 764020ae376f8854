package dev.evenkeel.urlconnection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.RequestReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopiedOutputTest {
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final FakeCopy copy = new FakeCopy();
  private final FakeAttempt attempt = new FakeAttempt();
  private final HttpURLConnection owner;
  private final BalancedCall call;

  CopiedOutputTest() throws IOException {
    owner = (HttpURLConnection) new URL("http://orders/").openConnection();
    call = new BalancedCall(new OneServer(attempt), owner, null, null);
    assertThat(call.moveOn()).isTrue();
  }

  @AfterEach
  void takeTheBalancerAway() {
    Evenkeel.install(Balancer.NONE);
  }

  @Test
  void bytes_ofEachKindOfWrite_areCopiedAsTheyGoOut() throws IOException {
    OutputStream out = copied();

    out.write('a');
    out.write("bc".getBytes(UTF_8));
    out.write("-def-".getBytes(UTF_8), 1, 3);

    assertThat(wire.toString(UTF_8)).isEqualTo("abcdef");
    assertThat(copy.body.toString(UTF_8)).isEqualTo("abcdef");
    assertThat(call.copied().streamed()).isSameAs(copy);
  }

  @Test
  void stream_ofACallWithoutAMirror_isLeftAlone() {
    assertThat(call.beginCopy()).isNull();
    assertThat(call.copied().body(wire)).isNull();
    assertThat(call.copied().streamed()).isNull();
  }

  @Test
  void streamedCopy_beforeTheBodyIsOpened_isNone() {
    attempt.copy = copy;

    assertThat(call.beginCopy()).isSameAs(copy);
    assertThat(call.copied().streamed()).isNull();
  }

  @Test
  void write_thatFails_copiesNothing() {
    attempt.copy = copy;
    assertThat(call.beginCopy()).isSameAs(copy);
    OutputStream out = call.copied().body(new Full());

    assertThatThrownBy(() -> out.write("abc".getBytes(UTF_8))).hasMessage("full");

    assertThat(copy.body.size()).isZero();
  }

  @Test
  void request_writtenOnceMore_takesNothingOfTheStreamBefore() throws IOException {
    OutputStream before = copied();
    FakeCopy next = new FakeCopy();
    attempt.copy = next;

    assertThat(call.beginCopy()).isSameAs(next);
    before.write("abc".getBytes(UTF_8));

    assertThat(wire.toString(UTF_8)).isEqualTo("abc");
    assertThat(copy.body.size() + next.body.size()).isZero();
    assertThat(call.copied().streamed()).isNull();
  }

  @Test
  void call_thatEnded_keepsNoCopy() throws IOException {
    OutputStream out = copied();

    call.end(Outcome.CANCELLED);
    out.write('a');

    assertThat(call.copied().copy()).isNull();
    assertThat(wire.toString(UTF_8)).isEqualTo("a");
    assertThat(copy.body.size()).isZero();
  }

  @Test
  void fault_ofTheCopy_isReportedOnceAndTheCopyForgotten() throws IOException {
    List<Throwable> faults = new ArrayList<>();
    Evenkeel.install(new Reporting(faults));
    OutputStream out = copied();
    copy.fault = new IllegalStateException("planted");

    out.write("abc".getBytes(UTF_8));
    out.write('d');

    assertThat(wire.toString(UTF_8)).isEqualTo("abcd");
    assertThat(faults).containsExactly(copy.fault);
    assertThat(call.copied().streamed()).isNull();
  }

  private OutputStream copied() {
    attempt.copy = copy;
    assertThat(call.beginCopy()).isSameAs(copy);
    OutputStream out = call.copied().body(wire);
    assertThat(out).isNotNull().isSameAs(call.copied().body(wire));
    return out;
  }

  /** A copy of a body only. Not thread-safe. */
  private static final class FakeCopy implements RequestCopy {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    @Nullable RuntimeException fault;

    @Override
    public void begin(String method, String authority, String target) {
      throw new AssertionError("no head is written here");
    }

    @Override
    public void header(String name, String value) {
      throw new AssertionError("no head is written here");
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
      if (fault != null) {
        throw fault;
      }
      body.write(bytes, offset, length);
    }

    @Override
    public void end() {
      throw new AssertionError("its end is not to be seen here");
    }
  }

  /** A stream that takes nothing. Stateless. Thread-safe. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("full");
    }
  }

  /** Keeps the faults it is told. Not thread-safe. */
  private record Reporting(List<Throwable> faults) implements Balancer {
    @Override
    public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
      return null;
    }

    @Override
    public void fault(String adapter, Throwable fault) {
      faults.add(fault);
    }
  }
}
