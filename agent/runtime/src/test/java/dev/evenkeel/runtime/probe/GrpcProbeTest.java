package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.HealthCheckSpec.Mode;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.config.tls.TransportTls;
import dev.evenkeel.runtime.socket.MutualTls;
import dev.evenkeel.runtime.socket.ScriptedServer;
import dev.evenkeel.runtime.socket.ServerCertificate;
import dev.evenkeel.runtime.socket.SilentPort;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Probes in gRPC mode against gRPC's own server. */
class GrpcProbeTest {
  private static final Prober.Result SERVING = new Prober.Result(true, "probe answered SERVING");

  @TempDir static Path directory;
  private static ServerCertificate certificate;

  private final HealthStatusManager health = new HealthStatusManager();
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final ProberFixture fixture =
      new ProberFixture(System::nanoTime, () -> certificate.trusting());
  private Server server;

  /** What the server knows of a call. */
  private record Seen(String method, String authority, Metadata headers, long millisLeft) {}

  @BeforeAll
  static void createCertificate() throws Exception {
    certificate = ServerCertificate.createdIn(directory);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
    if (server != null) {
      server.shutdownNow().awaitTermination();
    }
  }

  @Test
  void server_thatServes_isHealthy() throws Exception {
    serve(plain().addService(health.getHealthService()));

    assertThat(probe("http", Checks.plain())).isEqualTo(SERVING);
    assertThat(await(seen).method()).isEqualTo("grpc.health.v1.Health/Check");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_SERVING, NOT_SERVING",
    "UNKNOWN, UNKNOWN",
    "SERVICE_UNKNOWN, SERVICE_UNKNOWN",
  })
  void server_thatDoesNotServe_isUnhealthy(ServingStatus status, String text) throws Exception {
    health.setStatus("", status);
    serve(plain().addService(health.getHealthService()));

    assertThat(probe("http", Checks.plain()))
        .isEqualTo(new Prober.Result(false, "probe answered " + text));
  }

  @Test
  void server_withAStatusOfALaterVersion_isUnhealthy() throws Exception {
    serve(
        plain()
            .addService(answering(HealthCheckResponse.newBuilder().setStatusValue(300).build())));

    assertThat(probe("http", Checks.plain()))
        .isEqualTo(new Prober.Result(false, "probe answered serving status 300"));
  }

  @Test
  void server_withoutTheHealthService_isUnhealthy() throws Exception {
    serve(plain());

    assertThat(probe("http", Checks.plain()))
        .isEqualTo(new Prober.Result(false, "probe answered grpc status 12 (UNIMPLEMENTED)"));
  }

  @Test
  void server_thatKnowsNoStatusOfItself_isUnhealthy() throws Exception {
    health.clearStatus("");
    serve(plain().addService(health.getHealthService()));

    assertThat(probe("http", Checks.plain()))
        .isEqualTo(new Prober.Result(false, "probe answered grpc status 5 (NOT_FOUND)"));
  }

  @Test
  void server_thatFailsAfterAMessage_isUnhealthy() throws Exception {
    serve(plain().addService(new FailingAfterAMessage()));

    assertThat(probe("http", Checks.plain()))
        .isEqualTo(new Prober.Result(false, "probe answered grpc status 2 (UNKNOWN)"));
  }

  @Test
  void server_throughTls_isAskedThere() throws Exception {
    serve(secured().addService(health.getHealthService()));

    assertThat(probe("https", Checks.plain())).isEqualTo(SERVING);
    assertThat(probe("http", Checks.plain().scheme("https"))).isEqualTo(SERVING);
    health.setStatus("", ServingStatus.NOT_SERVING);
    assertThat(probe("https", Checks.plain()).text()).isEqualTo("probe answered NOT_SERVING");
  }

  @Test
  void server_inPlain_isAskedThereByItsSchemeOrByAPortOfTheCheck() throws Exception {
    serve(plain().addService(health.getHealthService()));

    assertThat(probe("https", Checks.plain().scheme("h2c"))).isEqualTo(SERVING);
    assertThat(probe("https", Checks.plain().scheme("http"))).isEqualTo(SERVING);
    assertThat(
            fixture.probe(
                "https://localhost", Checks.plain().port(server.getPort()).spec(Mode.GRPC)))
        .isEqualTo(SERVING);
  }

  @Test
  void certificate_ofAnotherName_isRefused() throws Exception {
    serve(secured().addService(health.getHealthService()));

    Prober.Result result =
        fixture.probe("https://127.0.0.1:" + server.getPort(), Checks.plain().spec(Mode.GRPC));

    assertThat(result.isHealthy()).isFalse();
    assertThat(result.text()).startsWith("probe failed: TLS: ").contains("127.0.0.1");
    assertThat(seen).isEmpty();
  }

  @Test
  void server_withATransport_isAskedThroughItAndRefusesOthers() throws Exception {
    MutualTls mutual = new MutualTls(certificate);
    serve(
        plain()
            .sslContext(GrpcSslContexts.configure(mutual.grpc()).build())
            .addService(health.getHealthService()));
    ServerSpec asked = ServerSpec.of("https://127.0.0.1:" + server.getPort(), 1);
    HealthCheckSpec check = Checks.plain().spec(Mode.GRPC);

    assertThat(fixture.probe(asked.with(mutual.whole()), check)).isEqualTo(SERVING);
    assertThat(await(seen).method()).isEqualTo("grpc.health.v1.Health/Check");
    for (TransportTls wanting : mutual.wanting()) {
      assertThat(fixture.probe(asked.with(wanting), check).isHealthy()).isFalse();
    }
    assertThat(fixture.probe(asked, check).isHealthy()).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  void connection_thatIsNotMade_isWaitedForAsLongAsTheTransportSays() throws Exception {
    try (SilentPort port = new SilentPort()) {
      TimeoutsSpec timeouts = new TimeoutsSpec(Duration.ofMillis(150), Duration.ZERO);
      ServerSpec asked = ServerSpec.of(port.url(), 1).with(timeouts);

      assertThat(fixture.probe(asked, Checks.plain().spec(Mode.GRPC)))
          .isEqualTo(new Prober.Result(false, "probe failed: no connection within 150ms"));
    }
  }

  @Test
  void server_withTls_doesNotAnswerInPlain() throws Exception {
    serve(secured().addService(health.getHealthService()));

    Prober.Result result = probe("https", Checks.plain().scheme("http"));

    assertThat(result.isHealthy()).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  void server_withTlsButNoHttp2_isUnhealthy() throws Exception {
    ServerSocket socket =
        certificate
            .serving()
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    try (ScriptedServer http1 =
        ScriptedServer.running(
            socket,
            (request, connection) -> ScriptedServer.send(connection, "HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(fixture.probe("https://localhost:" + http1.port(), Checks.plain().spec(Mode.GRPC)))
          .isEqualTo(new Prober.Result(false, "probe failed: TLS: server did not choose h2"));
    }
  }

  @Test
  void call_carriesTheConfiguredHeadersAndHostAndTheDeadline() throws Exception {
    serve(plain().addService(health.getHealthService()));
    Checks check =
        Checks.plain()
            .hostname("probe.local:81")
            .timeout(Duration.ofMinutes(1))
            .headers(
                Map.of("X-Probe", " a ", "TE", "gzip", "Content-Type", "text/plain", "Host", "x"));

    assertThat(probe("http", check)).isEqualTo(SERVING);

    Seen call = await(seen);
    assertThat(call.authority()).isEqualTo("probe.local:81");
    assertThat(header(call, "x-probe")).containsExactly("a");
    assertThat(header(call, "content-type")).containsExactly("application/grpc");
    assertThat(header(call, "user-agent")).containsExactly("evenkeel");
    assertThat(call.millisLeft()).isBetween(1L, 60_000L);
  }

  @Test
  void call_withoutAHostname_namesTheServer() throws Exception {
    serve(plain().addService(health.getHealthService()));

    assertThat(probe("http", Checks.plain().timeout(Duration.ofDays(3_000)))).isEqualTo(SERVING);

    Seen call = await(seen);
    assertThat(call.authority()).isEqualTo("localhost:" + server.getPort());
    assertThat(Duration.ofMillis(call.millisLeft())).isGreaterThan(Duration.ofDays(24));
  }

  @Test
  void headers_longerThanAFrame_areContinued() throws Exception {
    serve(plain().maxInboundMetadataSize(200_000).addService(health.getHealthService()));
    String value = "v".repeat(40_000);

    assertThat(probe("http", Checks.plain().headers(Map.of("X-Long", value)))).isEqualTo(SERVING);
    assertThat(header(await(seen), "x-long")).containsExactly(value);
  }

  @Test
  void server_thatHangs_isCutAtTheDeadlineAndHearsOfIt() throws Exception {
    Hanging hanging = new Hanging();
    serve(plain().addService(hanging));
    fixture.start(url("http"), Checks.plain().spec(Mode.GRPC));
    await(hanging.calls);

    fixture.loop.fire();

    assertThat(await(fixture.results))
        .isEqualTo(new Prober.Result(false, "probe timed out after 5s"));
    await(hanging.cancelled);
  }

  private void serve(NettyServerBuilder builder) throws Exception {
    server = builder.intercept(new Recording()).build().start();
  }

  private static NettyServerBuilder plain() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static NettyServerBuilder secured() throws Exception {
    SslContextBuilder tls = SslContextBuilder.forServer(certificate.keys());
    return plain().sslContext(GrpcSslContexts.configure(tls).build());
  }

  private Prober.Result probe(String scheme, Checks check) throws InterruptedException {
    return fixture.probe(url(scheme), check.spec(Mode.GRPC));
  }

  private String url(String scheme) {
    return scheme + "://localhost:" + server.getPort();
  }

  private static Iterable<String> header(Seen call, String name) {
    return call.headers().getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  private static BindableService answering(HealthCheckResponse response) {
    return new HealthGrpc.HealthImplBase() {
      @Override
      public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        observer.onNext(response);
        observer.onCompleted();
      }
    };
  }

  private final class Recording implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      seen.add(
          new Seen(
              call.getMethodDescriptor().getFullMethodName(),
              call.getAuthority(),
              headers,
              Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS)));
      return next.startCall(call, headers);
    }
  }

  private static final class FailingAfterAMessage extends HealthGrpc.HealthImplBase {
    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
      observer.onNext(HealthCheckResponse.newBuilder().setStatus(ServingStatus.SERVING).build());
      observer.onError(new IllegalStateException("planted"));
    }
  }

  private static final class Hanging extends HealthGrpc.HealthImplBase {
    final BlockingQueue<HealthCheckRequest> calls = new LinkedBlockingQueue<>();
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
      ((ServerCallStreamObserver<HealthCheckResponse>) observer)
          .setOnCancelHandler(() -> cancelled.add("cancelled"));
      calls.add(request);
    }
  }
}
