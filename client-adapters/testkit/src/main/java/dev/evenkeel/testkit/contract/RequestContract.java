package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What arrives at a server is what the client would have sent to the logical host. Where the
 * library has a say in it, the same client's call without the agent's part is the measure. Not
 * thread-safe; one per test.
 */
interface RequestContract extends Contract {
  @ParameterizedTest
  @CsvSource({
    "http://orders/, orders",
    // Some libraries repeat a default port that the application wrote.
    "http://orders:80/, orders(:80)?",
    "http://orders:8080/, orders:8080",
  })
  default void hostHeader_passed_isLogical(String url, String authority, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    String unused = stage.client().call(Call.get(url)).text();

    assertThat(a.received().get(0).headers("Host"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .matches(authority);
  }

  @Test
  default void hostHeader_notPassed_isTheServers(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE).server(a).server(b).option("passHostHeader: false"));

    List<String> servers = Stage.servedBy(stage.client(), "http://orders/", 2);

    assertThat(servers).containsExactlyInAnyOrder("a", "b");
    assertThat(a.received().get(0).headers("Host")).containsExactly(a.authority());
    assertThat(b.received().get(0).headers("Host")).containsExactly(b.authority());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/plain",
        "/?",
        "/a?",
        "/a%20b/%C3%A4/%2F%2f",
        "/semi;v=1/colon:at@/+plus+/~tilde",
        "/q?a=b+c&d=%2B&e=%20&f;g=h",
        "/q?empty=&=novalue&&x",
        "/a//b/./c",
        "/comma,dollar$excl!star*paren()",
        "/q?next=http://other/path?and=more",
        "/q?pipe=%7C&quote=%22&bracket=%5B%5D"
      })
  default void requestLine_balanced_isAsDirect(String target, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    Client client = stage.client();

    String direct = client.call(Call.get(a.url() + target)).text();
    String balanced = client.call(Call.get("http://orders" + target)).text();

    assertThat(balanced).isEqualTo(direct);
    assertThat(a.received()).hasSize(2);
    assertThat(a.received().get(1).requestLine()).isEqualTo(a.received().get(0).requestLine());
  }

  @Test
  default void headers_balanced_areAsDirectButForHost(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    Client client = stage.client();
    Call call = Call.of("POST", "").with(Body.of("body")).header("X-Twice", "1");

    for (String host : List.of(a.url(), "http://orders")) {
      Call same = new Call(call.method(), host + "/", call.headers(), call.body());
      String unused = client.call(same.header("X-Twice", "2").header("Accept", "x/y")).text();
    }

    assertThat(a.received()).hasSize(2);
    assertThat(withoutHost(a.received().get(1))).isEqualTo(withoutHost(a.received().get(0)));
    assertThat(a.received().get(1).headers("X-Twice")).containsExactly("1", "2");
  }

  private static List<Received.Header> withoutHost(Received request) {
    return request.headers().stream()
        .filter(header -> !header.name().equalsIgnoreCase("Host"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"})
  default void method_withoutBody_arrives(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    String text = stage.client().call(Call.of(method, "http://orders/x")).text();

    assertThat(text).isEmpty();
    assertThat(a.received().get(0).requestLine()).isEqualTo(method + " /x HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  default void method_withBody_arrives(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    String text =
        stage.client().call(Call.of(method, "http://orders/x").with(Body.of("the body"))).text();

    assertThat(text).isEqualTo("the body");
    assertThat(a.received().get(0).requestLine()).isEqualTo(method + " /x HTTP/1.1");
  }

  @Test
  @Requires(Capability.ANY_METHOD)
  default void otherMethod_withoutBody_arrives(Stage stage) throws IOException {
    method_withoutBody_arrives("PURGE", stage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "REPORT"})
  @Requires(Capability.ANY_METHOD)
  default void otherMethod_withBody_arrives(String method, Stage stage) throws IOException {
    method_withBody_arrives(method, stage);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, LARGE_BYTES})
  default void largeBody_up_isStreamed(long declaredLength, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);
    Body body = Body.oneShot(new HaltingStream(a), declaredLength);

    int status;
    try (var reply = stage.client().call(Call.post("http://orders/up", body))) {
      status = reply.status();
    }

    assertThat(status).isEqualTo(200);
    assertThat(a.received("/up").get(0).bodyBytes()).isEqualTo(LARGE_BYTES);
  }

  /** Bytes of a large body. */
  long LARGE_BYTES = 64L << 20;

  /**
   * A large body that goes on after its first megabyte only once the server has received half of
   * that, which a client that buffers the body never lets happen. Not thread-safe; one per call.
   */
  final class HaltingStream extends InputStream {
    private static final long HALT_BYTES = 1 << 20;
    private final TestServer server;
    private long given;

    HaltingStream(TestServer server) {
      this.server = server;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (given == LARGE_BYTES) {
        return -1;
      }
      if (given == HALT_BYTES) {
        server.awaitBytes(HALT_BYTES / 2);
      }
      long limit = given < HALT_BYTES ? HALT_BYTES : LARGE_BYTES;
      int count = (int) Math.min(length, limit - given);
      given += count;
      return count;
    }
  }
}
