package dev.evenkeel.runtime.mirror;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.config.tls.TransportTls;
import dev.evenkeel.runtime.socket.MutualTls;
import dev.evenkeel.runtime.socket.ScriptedServer;
import dev.evenkeel.runtime.socket.ServerCertificate;
import dev.evenkeel.runtime.socket.SilentPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMirrorSenderTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /** What a mirror may have under way while no other has anything. */
  private static final int OF_ONE_MIRROR = HttpMirrorSender.MAX_THREADS / 2;

  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private MirrorRig rig = new MirrorRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
    T head = queue.poll(30, TimeUnit.SECONDS);
    assertThat(head).as("within 30 s").isNotNull();
    return head;
  }

  private ServerView mirror() {
    return rig.view("shadow").servers().get(0);
  }

  /** Reads a body of this length and answers. */
  private ScriptedServer readingBodies(int length, String response) throws Exception {
    return ScriptedServer.running(
        (head, connection) -> {
          bodies.add(new String(connection.getInputStream().readNBytes(length), ISO_8859_1));
          ScriptedServer.send(connection, response);
        });
  }

  private static String refusedUrl() throws Exception {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + unused.getLocalPort();
    }
  }

  private static ServerSocket httpsSocket(ServerCertificate certificate) throws Exception {
    return certificate
        .serving()
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @Test
  void request_withABody_arrivesAsItWasSent() throws Exception {
    try (ScriptedServer server = readingBodies(6, OK)) {
      rig.mirrorTo(server.url());

      rig.call(
          "POST /a%2Fb?c=%20",
          "b\u00f6dy\r\n",
          "X-One: 1",
          "Content-Length: 6",
          "Connection: keep-alive",
          "X-One: 2",
          "Cookie: a=b");

      assertThat(await(server.requests))
          .isEqualTo(
              ScriptedServer.head(
                  "POST /a%2Fb?c=%20 HTTP/1.1",
                  "Host: orders:81",
                  "X-One: 1",
                  "X-One: 2",
                  "Cookie: a=b",
                  "Content-Length: 6",
                  "Connection: close"));
      assertThat(await(bodies)).isEqualTo("b\u00f6dy\r\n");
      rig.awaitDone(1);
      assertThat(mirror().calls()).isEqualTo(1);
      assertThat(mirror().failures()).isZero();
      assertThat(mirror().latencyMillis(0.5)).isPositive();
    }
  }

  @Test
  void request_ofUnknownLength_arrivesInChunks() throws Exception {
    try (ScriptedServer server = readingBodies(14, OK)) {
      rig.mirrorTo(server.url());

      rig.call("PUT /", "body", "Transfer-Encoding: chunked");

      assertThat(await(server.requests))
          .contains("Transfer-Encoding: chunked")
          .doesNotContain("Content-Length");
      assertThat(await(bodies)).isEqualTo("4\r\nbody\r\n0\r\n\r\n");
      rig.awaitDone(1);
    }
  }

  @Test
  void request_withoutABody_hasNone() throws Exception {
    try (ScriptedServer server = readingBodies(0, OK)) {
      rig.mirrorTo(false, server.url());

      rig.call("GET /", "", "Accept: */*");

      assertThat(await(server.requests))
          .isEqualTo(
              ScriptedServer.head(
                  "GET / HTTP/1.1",
                  "Host: 127.0.0.1:" + server.port(),
                  "Accept: */*",
                  "Connection: close"));
      rig.awaitDone(1);
    }
  }

  @Test
  void server_thatRefuses_leavesTheCopyToAnother() throws Exception {
    try (ScriptedServer server = readingBodies(0, OK)) {
      rig.mirrorTo(refusedUrl(), server.url());

      rig.call("GET /1", "");
      rig.call("GET /2", "");

      rig.awaitDone(2);
      assertThat(server.requests).hasSize(2);
      assertThat(mirror().failures()).as("attempts that found no connection").isPositive();
      assertThat(rig.view("shadow").failures()).isZero();
    }
  }

  @Test
  void mirror_thatIsDead_failsForItself() throws Exception {
    rig.mirrorTo(refusedUrl());

    rig.call("GET /", "");

    rig.awaitDone(1);
    assertThat(rig.view("shadow").failures()).isEqualTo(1);
    assertThat(rig.view("orders").failures()).isZero();
    assertThat(rig.view("orders").mirrorsSent()).isEqualTo(1);
  }

  @Test
  void mirror_thatIsSilent_isCutAtTheDeadline() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      rig.mirrorTo(server.url());
      rig.call("GET /", "");
      await(server.requests);
      assertThat(rig.loop.scheduled.values()).contains(Duration.ofSeconds(30));
      assertThat(mirror().inFlight()).isEqualTo(1);

      rig.loop.fire();

      rig.awaitDone(1);
      await(server.closedByClient);
      assertThat(mirror().failures()).isEqualTo(1);
      assertThat(rig.loop.scheduled.values()).doesNotContain(Duration.ofSeconds(30));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n12345\r\n0\r\n\r\n",
        "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 None\r\n\r\n"
      })
  void answer_whole_isReadAndTheConnectionClosed(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answeringAndWaiting(answer)) {
      rig.mirrorTo(server.url());

      rig.call("GET /", "");

      rig.awaitDone(1);
      await(server.closedByClient);
      assertThat(mirror().failures()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200",
        "SSH-2.0\r\n"
      })
  void answer_brokenOff_isAFailureOfTheMirror(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      rig.mirrorTo(server.url());

      rig.call("GET /", "");

      rig.awaitDone(1);
      assertThat(mirror().failures()).isEqualTo(1);
      assertThat(rig.view("shadow").failures()).isEqualTo(1);
    }
  }

  @Test
  void answer_withoutEnd_isReadUpToTheLimit() throws Exception {
    ScriptedServer.Script endless =
        (request, connection) -> {
          ScriptedServer.send(connection, "HTTP/1.1 200 OK\r\n\r\n");
          while (true) { // until the client is gone
            ScriptedServer.send(connection, "x".repeat(10_000));
          }
        };
    try (ScriptedServer server = ScriptedServer.running(endless)) {
      rig.mirrorTo(server.url());

      rig.call("GET /", "");

      rig.awaitDone(1);
      assertThat(mirror().failures()).isZero();
    }
  }

  @Test
  void mirror_overTls_isCheckedAndReached(@TempDir Path directory) throws Exception {
    ServerCertificate certificate = ServerCertificate.createdIn(directory);
    rig.close();
    rig = new MirrorRig(certificate::trusting, new MirrorBudget(1 << 20, 100));
    ScriptedServer.Script answer = (request, connection) -> ScriptedServer.send(connection, OK);
    try (ScriptedServer server = ScriptedServer.running(httpsSocket(certificate), answer)) {
      rig.mirrorTo("https://localhost:" + server.port());
      rig.call("GET /right", "");
      assertThat(await(server.requests)).startsWith("GET /right HTTP/1.1\r\nHost: orders:81\r\n");
      rig.awaitDone(1);

      rig.mirrorTo("https://127.0.0.1:" + server.port());
      rig.call("GET /wrong", "");
      rig.awaitDone(1);

      assertThat(server.requests).isEmpty();
      assertThat(mirror().failures()).isEqualTo(1);
    }
  }

  @Test
  void mirror_withATransport_isReachedThroughItAndRefusesOthers(@TempDir Path directory)
      throws Exception {
    MutualTls mutual = new MutualTls(ServerCertificate.createdIn(directory));
    ScriptedServer.Script answer = (request, connection) -> ScriptedServer.send(connection, OK);
    try (ScriptedServer server = ScriptedServer.running(mutual.serverSocket(), answer)) {
      ServerSpec asked = ServerSpec.of("https://127.0.0.1:" + server.port(), 1);
      rig.mirrorTo(asked.with(mutual.whole()));
      rig.call("GET /whole", "");
      assertThat(await(server.requests)).startsWith("GET /whole HTTP/1.1\r\nHost: orders:81\r\n");
      rig.awaitDone(1);
      assertThat(mirror().failures()).isZero();

      for (TransportTls wanting : mutual.wanting()) {
        rig.mirrorTo(asked.with(wanting));
        rig.call("GET /wanting", "");
        rig.awaitDone(1);
      }

      assertThat(server.requests).isEmpty();
      assertThat(mirror().failures()).isEqualTo(3);
    }
  }

  /** The other server has the copy long before the copy's own time is over. */
  @Test
  void connection_thatIsNotMade_isWaitedForAsLongAsTheTransportSays() throws Exception {
    try (SilentPort silent = new SilentPort();
        ScriptedServer server = readingBodies(0, OK)) {
      TimeoutsSpec timeouts = new TimeoutsSpec(Duration.ofMillis(150), Duration.ZERO);
      rig.mirrorTo(
          ServerSpec.of(silent.url(), 1).with(timeouts),
          ServerSpec.of(server.url(), 1).with(timeouts));

      rig.call("GET /1", "");
      rig.call("GET /2", "");

      rig.awaitDone(2);
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void answer_thatDoesNotCome_isWaitedForAsLongAsTheTransportSays() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      TimeoutsSpec timeouts = new TimeoutsSpec(Duration.ZERO, Duration.ofMillis(150));
      rig.mirrorTo(ServerSpec.of(server.url(), 1).with(timeouts));

      rig.call("GET /", "");

      rig.awaitDone(1);
      await(server.closedByClient);
      assertThat(mirror().failures()).isEqualTo(1);
    }
  }

  @Test
  void mirrors_ofAMirror_getTheirs() throws Exception {
    try (ScriptedServer first = readingBodies(4, OK);
        ScriptedServer second = readingBodies(4, OK)) {
      rig.apply(
          new MirroringSpec(
              "orders", "main", List.of(new MirrorSpec("inner", 100)), true, -1, false),
          new MirroringSpec(
              "inner", "shadow", List.of(new MirrorSpec("third", 100)), true, -1, false),
          MirrorRig.pool("shadow", true, first.url()),
          MirrorRig.pool("third", true, second.url()));

      rig.call("POST /x", "body", "Content-Length: 4", "X-One: 1");

      rig.awaitDone(2);
      assertThat(await(second.requests)).isEqualTo(await(first.requests)).contains("X-One: 1");
      assertThat(List.of(await(bodies), await(bodies))).containsOnly("body");
    }
  }

  @Test
  void mirror_thatHangs_holdsUpNoCallAndKeepsNoMoreThanTheBudget() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedServer.Script held =
        (request, connection) -> {
          awaitQuietly(release);
          ScriptedServer.send(connection, OK);
        };
    try (ScriptedServer server = ScriptedServer.running(held)) {
      rig.mirrorTo(server.url());

      for (int i = 0; i < 150; i++) {
        rig.call("GET /" + i, "");
      }

      assertThat(rig.view("main").calls()).isEqualTo(150);
      // 8 are under way, and 46 wait: half of the budget, as far as it is not under way.
      assertThat(rig.view("orders").mirrorsSent()).isEqualTo(54);
      assertThat(rig.view("orders").mirrorsDropped()).isEqualTo(96);
      for (int i = 0; i < OF_ONE_MIRROR; i++) {
        await(server.requests);
      }
      assertThat(MirrorRig.threads()).hasSize(OF_ONE_MIRROR);
      assertThat(MirrorRig.threads()).allMatch(Thread::isDaemon);
      release.countDown();
      rig.awaitDone(54);
      assertThat(server.requests).hasSize(54 - OF_ONE_MIRROR);
    } finally {
      release.countDown();
    }
  }

  @Test
  void mirrors_thatHang_leaveAnotherAllItsCopies() throws Exception {
    try (ScriptedServer first = ScriptedServer.silent();
        ScriptedServer second = ScriptedServer.silent();
        ScriptedServer quick = readingBodies(0, OK)) {
      rig.apply(
          new MirroringSpec(
              "orders",
              "main",
              List.of(
                  new MirrorSpec("first", 100),
                  new MirrorSpec("second", 100),
                  new MirrorSpec("shadow", 100)),
              true,
              -1,
              false),
          MirrorRig.pool("first", true, first.url()),
          MirrorRig.pool("second", true, second.url()),
          MirrorRig.pool("shadow", true, quick.url()));

      for (int burst = 0; burst < 20; burst++) {
        for (int i = 0; i < 10; i++) {
          rig.call("GET /" + burst + "/" + i, "");
        }
        for (int i = 0; i < 10; i++) {
          assertThat(await(quick.requests)).startsWith("GET /" + burst + "/");
        }
      }

      assertThat(mirror().calls()).isEqualTo(200);
      assertThat(rig.view("orders").mirrorsDropped()).isPositive();
      assertThat(rig.view("orders").mirrorsSent() + rig.view("orders").mirrorsDropped())
          .isEqualTo(600);
      assertThat(first.requests.size() + second.requests.size())
          .isLessThan(HttpMirrorSender.MAX_THREADS);
      rig.sender.close();
      rig.loop.fire();
    }
  }

  @Test
  void close_givesUpWhatWaitsAndTakesNoMore() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      rig.mirrorTo(server.url());
      for (int i = 0; i < 40; i++) {
        rig.call("GET /" + i, "");
      }
      for (int i = 0; i < OF_ONE_MIRROR; i++) {
        await(server.requests);
      }

      rig.sender.close();
      rig.awaitDone(40 - OF_ONE_MIRROR);
      rig.call("GET /late", "");
      rig.loop.fire();

      rig.awaitDone(OF_ONE_MIRROR);
      assertThat(rig.view("orders").mirrorsDropped()).isEqualTo(1);
    }
  }

  @Test
  void noCall_noThread() {
    rig.mirrorTo("http://nowhere.invalid");

    assertThat(Set.copyOf(MirrorRig.threads())).isEmpty();
  }

  @Test
  void budget_ofASmallHeap_isAPartOfIt() {
    assertThat(HttpMirrorSender.budgetOf(160 << 20)).extracting("maxBytes").isEqualTo(10L << 20);
    assertThat(HttpMirrorSender.budgetOf(1L << 40)).extracting("maxBytes").isEqualTo(64L << 20);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
