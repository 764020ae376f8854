package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.net.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What names the server in a call that is left alone names the logical host in a balanced one. */
final class LogicalNamesTest {
  @RegisterExtension final Rig rig = new Rig();

  private final Told told = new Told();

  @Test
  void lostConnection_ofABalancedCall_differsFromThatOfADirectOneByItsHostAlone() throws Exception {
    MockWebServer one = silent();
    rig.balancer.service("orders", Rig.at("one", one));

    Throwable direct = failure("http://direct.test:" + one.getPort() + "/a?b");
    Throwable balanced = failure("http://orders:81/a?b");

    assertThat(direct)
        .hasMessage("unexpected end of stream on http://direct.test:" + one.getPort() + "/...");
    assertThat(balanced)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("unexpected end of stream on http://orders:81/...")
        .hasCauseExactlyInstanceOf(EOFException.class)
        .hasNoSuppressedExceptions();
    assertThat(balanced.getStackTrace()[0]).isEqualTo(direct.getStackTrace()[0]);
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end IO_FAILED");
  }

  @Test
  void listener_ofALostConnection_isToldOfTheExceptionThatTheApplicationGets() throws Exception {
    rig.balancer.service("orders", Rig.at("one", silent()));

    Throwable failure = failure("https://orders/");

    assertThat(failure).hasMessage("unexpected end of stream on https://orders/...");
    assertThat(told.failure).isSameAs(failure);
  }

  @Test
  void listener_whileProxiesAreSelected_isToldOfTheLogicalHost() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));

    Rig.body(client(), "http://orders:81/a?b");
    Rig.body(client(), "http://direct.test:" + one.getPort() + "/a?b");

    assertThat(told.selections)
        .containsExactly(
            "start http://orders:81/",
            "end http://orders:81/",
            "start http://direct.test:" + one.getPort() + "/",
            "end http://direct.test:" + one.getPort() + "/");
  }

  @Test
  void hooks_thatAreOff_leaveTheServersName() throws Exception {
    MockWebServer one = silent();
    rig.balancer.service("orders", Rig.at("one", one));
    Hooks.switchOff("FailureAdvice", "SelectionAdvice");

    Throwable failure = failure("http://orders/");

    assertThat(failure).hasMessageContaining("http://one.test:" + one.getPort() + "/...");
    assertThat(told.selections).contains("start http://one.test:" + one.getPort() + "/");
  }

  /** A server that closes each connection in place of an answer. */
  private MockWebServer silent() throws IOException {
    MockWebServer server = rig.server("silent");
    server.setDispatcher(
        Rig.answering(
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()));
    return server;
  }

  private Throwable failure(String url) {
    return Objects.requireNonNull(catchThrowable(() -> Rig.body(client(), url)));
  }

  private OkHttpClient client() {
    return rig.track(Rig.builder().retryOnConnectionFailure(false).eventListener(told).build());
  }

  /** What a listener was told last. */
  private static final class Told extends EventListener {
    final List<String> selections = new CopyOnWriteArrayList<>();
    volatile @Nullable IOException failure;

    @Override
    public void proxySelectStart(Call call, HttpUrl url) {
      selections.add("start " + url);
    }

    @Override
    public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
      selections.add("end " + url);
    }

    @Override
    public void responseFailed(Call call, IOException failed) {
      failure = failed;
    }
  }
}
