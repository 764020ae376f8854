package dev.evenkeel.runtime.mirror;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.BalancerListener;
import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceBalancer;
import dev.evenkeel.balancer.ServiceView;
import dev.evenkeel.balancer.State;
import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.balancer.mirror.MirroredRequest;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.Level;
import dev.evenkeel.runtime.socket.ManualLoop;
import dev.evenkeel.runtime.socket.Threads;
import dev.evenkeel.runtime.socket.TlsContext;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.RequestReader;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A balancer with a real sender of mirrored calls and a main service that is only made believe; at
 * the end it proves that nothing is left.
 */
final class MirrorRig implements AutoCloseable {
  private static final RequestReader<String> READER =
      new RequestReader<>() {
        @Override
        public String method(String request) {
          return "GET";
        }

        @Override
        public String target(String request) {
          return "/";
        }

        @Override
        public String header(String request, String name) {
          return null;
        }

        @Override
        public String cookies(String request) {
          return null;
        }
      };

  final ManualLoop loop = new ManualLoop();

  /** One entry for each copy that a mirror is done with. */
  final BlockingQueue<MirroredRequest> done = new LinkedBlockingQueue<>();

  final HttpMirrorSender sender;
  final ServiceBalancer balancer;

  MirrorRig(TlsContext tls, MirrorBudget budget) {
    AgentLog log = AgentLog.toStandardError(Level.INFO, System::nanoTime);
    sender = new HttpMirrorSender(loop, System::nanoTime, log, tls, budget);
    balancer =
        new ServiceBalancer(
            loop,
            System::nanoTime,
            new SplittableRandom(42),
            (server, check, result) -> () -> {},
            new Watched(),
            new Silent());
  }

  MirrorRig() {
    this(
        () -> {
          throw new AssertionError("TLS was not asked for");
        },
        new MirrorBudget(1 << 20, 100));
  }

  /** Mirrors all calls to a service of these servers. */
  void mirrorTo(String... urls) {
    mirrorTo(true, urls);
  }

  void mirrorTo(boolean passHostHeader, String... urls) {
    mirrorTo(pool("shadow", passHostHeader, urls));
  }

  void mirrorTo(ServerSpec... servers) {
    mirrorTo(LoadBalancerSpec.of("shadow", List.of(servers), null, null, true));
  }

  private void mirrorTo(LoadBalancerSpec shadow) {
    apply(
        new MirroringSpec(
            "orders", "main", List.of(new MirrorSpec("shadow", 100)), true, -1, false),
        shadow);
  }

  static LoadBalancerSpec pool(String name, boolean passHostHeader, String... urls) {
    List<ServerSpec> servers = Arrays.stream(urls).map(url -> ServerSpec.of(url, 1)).toList();
    return LoadBalancerSpec.of(name, servers, null, null, passHostHeader);
  }

  void apply(ServiceSpec... services) {
    balancer.apply(
        new BalancerSpec(
            Stream.concat(Stream.of(services), Stream.of(pool("main", true, "http://main.invalid")))
                .toList()));
  }

  /** A call whose request has these header lines and this body. */
  void call(String requestLine, String body, String... headers) {
    Exchange exchange = balancer.open("orders", "", READER);
    assertThat(exchange).isNotNull();
    Attempt attempt = exchange.next();
    assertThat(attempt).isNotNull();
    RequestCopy copy = attempt.copy();
    if (copy != null) {
      copy.begin(requestLine.split(" ", 2)[0], "orders:81", requestLine.split(" ", 2)[1]);
      for (String header : headers) {
        copy.header(header.split(": ", 2)[0], header.split(": ", 2)[1]);
      }
      copy.body(body.getBytes(ISO_8859_1), 0, body.length());
      copy.end();
    }
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
  }

  void awaitDone(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      assertThat(done.poll(30, TimeUnit.SECONDS)).as("within 30 s").isNotNull();
    }
  }

  ServiceView view(String name) {
    return balancer.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("evenkeel-mirror-"))
        .toList();
  }

  @Override
  public void close() {
    sender.close();
    threads().forEach(Threads::join);
    assertThat(sender.budget().bytes()).isZero();
    assertThat(sender.budget().copies()).isZero();
    assertThat(balancer.services().stream().flatMap(service -> service.servers().stream()))
        .allMatch(server -> server.inFlight() == 0);
  }

  /** The real sender, with a view of what is done. */
  private final class Watched implements MirrorSender {
    @Override
    public MirrorBudget budget() {
      return sender.budget();
    }

    @Override
    public boolean send(MirroredCall call) {
      return sender.send(
          new MirroredCall() {
            @Override
            public MirroredRequest request() {
              return call.request();
            }

            @Override
            public String mirror() {
              return call.mirror();
            }

            @Override
            public long bytes() {
              return call.bytes();
            }

            @Override
            public Exchange open() {
              return call.open();
            }

            @Override
            public TimeoutsSpec timeouts(Attempt attempt) {
              return call.timeouts(attempt);
            }

            @Override
            public void done() {
              call.done();
              done.add(call.request());
            }
          });
    }
  }

  private static final class Silent implements BalancerListener {
    @Override
    public void stateChanged(ServerView server, State from, State to) {}

    @Override
    public void servicesChanged() {}

    @Override
    public void callLost(String service) {}

    @Override
    public void addressesFound(String host, List<String> addresses) {}

    @Override
    public void lookUpFailed(String host, String reason, List<String> kept) {}

    @Override
    public void faulted(String where, Throwable fault) {
      throw new AssertionError(where, fault);
    }
  }
}
