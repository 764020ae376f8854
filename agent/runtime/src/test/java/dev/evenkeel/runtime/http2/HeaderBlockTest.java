package dev.evenkeel.runtime.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HPACK without its dynamic table against a complete one. */
class HeaderBlockTest {
  private static final int ALWAYS_CODED = 0;
  private static final int NEVER_CODED = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(ints = {ALWAYS_CODED, NEVER_CODED})
  void grpcStatus_spelt_isFoundAmongOtherHeaders(int codedFrom) throws Exception {
    for (int status = 0; status < 1_200; status++) {
      byte[] block =
          encoded(
              codedFrom,
              new DefaultHttp2Headers()
                  .status("200")
                  .add("content-type", "application/grpc")
                  .add("grpc-message", "no such method: 100% \u00e4")
                  .add("grpc-status", Integer.toString(status))
                  .add("x-long", "a".repeat(500)));

      HeaderBlock decoded = HeaderBlock.decode(block);
      assertThat(decoded.status()).isEqualTo(200);
      assertThat(decoded.grpcStatus()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "0200", "2000", "2oo"})
  void status_notOfThreeDigits_isNone(String status) {
    assertThat(new HeaderBlock(Map.of(":status", status)).status()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {ALWAYS_CODED, NEVER_CODED})
  void status_ofTheTableOrSpelt_isFound(int codedFrom) throws Exception {
    for (int status = 100; status < 1_000; status++) {
      byte[] block = encoded(codedFrom, new DefaultHttp2Headers().status(Integer.toString(status)));

      HeaderBlock decoded = HeaderBlock.decode(block);
      assertThat(decoded.status()).isEqualTo(status);
      assertThat(decoded.grpcStatus()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ALWAYS_CODED, NEVER_CODED})
  void grpcStatus_thatIsNoNumber_isNone(int codedFrom) throws Exception {
    for (String text : new String[] {"", "OK", "-1", "1x", "12345678901", "&", "0 "}) {
      byte[] block = encoded(codedFrom, new DefaultHttp2Headers().add("grpc-status", text));

      HeaderBlock decoded = HeaderBlock.decode(block);
      assertThat(decoded.grpcStatus()).as(text).isEqualTo(-1);
      assertThat(decoded.status()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ALWAYS_CODED, NEVER_CODED})
  void headers_ofEveryPrintableCharacter_areReadOrPassedOver(int codedFrom) throws Exception {
    for (int c = ' '; c < 0x100; c++) {
      String value = "a".repeat(20) + (char) c; // longer in plain, so that it is coded
      byte[] block =
          encoded(
              codedFrom,
              new DefaultHttp2Headers().add("location", value).add("x-weight", "1").status("302"));

      HeaderBlock decoded = HeaderBlock.decode(block);

      boolean isUnknown = codedFrom == ALWAYS_CODED && (c > '~' || c == '\\');
      assertThat(decoded.headers().get("location")).isEqualTo(isUnknown ? null : value);
      assertThat(decoded.headers()).containsEntry("x-weight", "1").containsEntry(":status", "302");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x82, :method, GET",
    "0x87, :scheme, https",
    "0x88, :status, 200",
    "0x8e, :status, 500",
    "0x90, accept-encoding, 'gzip, deflate'",
    "0xae, location, ''",
    "0xb5, retry-after, ''",
    "0xbd, www-authenticate, ''",
  })
  void entry_ofTheStaticTable_isKnown(int index, String name, String value) throws Exception {
    assertThat(HeaderBlock.decode(new byte[] {(byte) index}).headers())
        .isEqualTo(Map.of(name, value));
  }

  @Test
  void entries_ofTheDynamicTable_arePassedOver() throws Exception {
    byte[] block = {(byte) 0xbe, 0x7e, 1, 'x', 0x3f, (byte) 0xe1, 0x1f, (byte) 0x88};

    assertThat(HeaderBlock.decode(block)).isEqualTo(new HeaderBlock(Map.of(":status", "200")));
  }

  @Test
  void block_thatEndsTooEarly_isRefused() throws Exception {
    byte[] block = encoded(NEVER_CODED, new DefaultHttp2Headers().add("grpc-status", "0"));

    for (int length = 1; length < block.length; length++) {
      byte[] cut = Arrays.copyOf(block, length);
      assertThatThrownBy(() -> HeaderBlock.decode(cut))
          .isInstanceOf(IOException.class)
          .hasMessage("malformed response header");
    }
  }

  @Test
  void integer_withoutEnd_isRefused() {
    byte[] block = new byte[20];
    Arrays.fill(block, (byte) 0xff);

    assertThatThrownBy(() -> HeaderBlock.decode(block)).isInstanceOf(IOException.class);
  }

  @Test
  void block_ofAnyBytes_isDecodedOrRefused() {
    Random random = new Random(7_541);
    for (int round = 0; round < 100_000; round++) {
      byte[] block = new byte[random.nextInt(40)];
      random.nextBytes(block);
      try {
        HeaderBlock decoded = HeaderBlock.decode(block);
        assertThat(decoded.status()).isGreaterThanOrEqualTo(-1);
      } catch (IOException e) {
        assertThat(e).hasMessage("malformed response header");
      }
    }
  }

  @Test
  void append_ofAnyLength_isReadByOthers() throws Exception {
    for (int length : new int[] {0, 1, 126, 127, 128, 254, 255, 256, 16_510, 16_511, 70_000}) {
      String value = "v".repeat(length);
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      HeaderBlock.append(block, ":path", "/x");
      HeaderBlock.append(block, "x-value", value);

      Http2Headers headers =
          new DefaultHttp2HeadersDecoder(false, 1 << 20)
              .decodeHeaders(1, Unpooled.wrappedBuffer(block.toByteArray()));

      assertThat(headers.path()).hasToString("/x");
      assertThat(headers.get("x-value")).hasToString(value);
    }
  }

  private static byte[] encoded(int codedFrom, Http2Headers headers) throws Exception {
    ByteBuf block = Unpooled.buffer();
    new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true, 16, codedFrom)
        .encodeHeaders(1, headers, block);
    return ByteBufUtil.getBytes(block);
  }
}
