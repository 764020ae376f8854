package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application sees of an answer. Not thread-safe; one per test. */
interface ResponseContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"http://orders/", "http://orders:8080/a%20b?c=d+e"})
  default void responseUri_isLogical(String url, Stage stage) throws IOException {
    stage.balanceOver(stage.fleet().http("a"));

    String reported;
    try (Reply reply = stage.client().call(Call.get(url))) {
      reported = reply.url();
    }

    assertThat(reported).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 304, 400, 401, 404, 500, 502, 503})
  default void status_ofTheServer_isTheApplications(int status, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.status(status));
    stage.balanceOver(a);
    Client client = stage.client();

    try (Reply direct = client.call(Call.get(a.url() + "/direct"));
        Reply balanced = client.call(Call.get("http://orders/balanced"))) {
      assertThat(direct.status()).isEqualTo(status);
      assertThat(balanced.status()).isEqualTo(status);
    }
    // Some libraries ask again after some answers; they do so neither more nor less.
    assertThat(a.received("/balanced")).hasSameSizeAs(a.received("/direct"));
  }

  @Test
  default void headers_balanced_areAsDirect(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.header("X-Answer", "yes"));
    stage.balanceOver(a);
    Client client = stage.client();

    try (Reply direct = client.call(Call.get(a.url() + "/"));
        Reply balanced = client.call(Call.get("http://orders/"))) {
      assertThat(balanced.headers()).isEqualTo(direct.headers());
      assertThat(balanced.headers("x-answer")).containsExactly("yes");
    }
  }

  @Test
  @Requires(Capability.GZIP)
  default void gzip_isDecompressedAsDirect(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.gzip("a text that was compressed"));
    stage.balanceOver(a);
    Client client = stage.client();

    try (Reply direct = client.call(Call.get(a.url() + "/"));
        Reply balanced = client.call(Call.get("http://orders/"))) {
      assertThat(balanced.headers()).isEqualTo(direct.headers());
      assertThat(balanced.text()).isEqualTo("a text that was compressed");
    }
    assertThat(a.received().get(1).header("Accept-Encoding")).contains("gzip");
  }

  @Test
  default void largeBody_down_isStreamed(Stage stage) throws IOException {
    long length = 64L << 20;
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.streamed(length, gate));
    stage.balanceOver(a);

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      byte[] part = new byte[65_536];
      // Not readNBytes, which ends with a read of no bytes: Okio's stream waits for more then.
      new DataInputStream(reply.body()).readFully(part);
      gate.open();
      long rest = reply.body().transferTo(OutputStream.nullOutputStream());

      assertThat(part.length + rest).isEqualTo(length);
    }
  }
}
