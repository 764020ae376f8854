package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.it.httpclient5.app.CallingApp;
import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HttpClient 5.0 lacks what the adapter needs: all its calls go where the application sent them,
 * and that is said once, whichever client is the first to call. The service is named as the host
 * that the calls go to without it, so a balanced call does not reach that host.
 */
class HttpClient50IT {
  private static final String SAID = "httpclient5 5.0.4: not supported (no org.apache.hc.client5.";

  private final ServerFleet fleet = new ServerFleet();
  private TestServer host;
  private TestServer http2Host;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    host = echoing(fleet.http("host"));
    http2Host = echoing(fleet.http2Cleartext("http2 host"));
    server = echoing(fleet.http("server"));
  }

  @AfterEach
  void stop() throws IOException {
    fleet.close();
  }

  @Test
  void allClientsOf50_areLeftAloneAndThatIsSaidOnce() throws IOException {
    try (ForkedJvm app = run("5.0.4", "classic", "minimal", "async", "http2")) {
      assertThat(app.stdout())
          .containsExactly(
              "classic: 200 host one",
              "classic: 200 host two",
              "minimal: 200 host one",
              "minimal: 200 host two",
              "async: 200 host one",
              "async: 200 host two",
              "http2: 200 http2 host one",
              "http2: 200 http2 host two");
      assertThat(warnings(app)).singleElement().asString().contains(SAID);
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void asyncClientOf50_callingFirst_isLeftAloneAndThatIsSaidOnce() throws IOException {
    try (ForkedJvm app = run("5.0.4", "async", "classic")) {
      assertThat(app.stdout())
          .containsExactly(
              "async: 200 host one",
              "async: 200 host two",
              "classic: 200 host one",
              "classic: 200 host two");
      assertThat(warnings(app)).singleElement().asString().contains(SAID);
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void nextVersion_isBalancedAndNothingIsSaid() throws IOException {
    try (ForkedJvm app = run("5.1", "classic", "minimal", "async")) {
      assertThat(app.stdout())
          .containsExactly(
              "classic: 200 server one",
              "classic: 200 server two",
              "minimal: 200 server one",
              "minimal: 200 server two",
              "async: 200 server one",
              "async: 200 server two");
      assertThat(warnings(app)).isEmpty();
    }
    assertThat(host.received()).isEmpty();
  }

  private static TestServer echoing(TestServer server) {
    server.answers(Script.echo());
    return server;
  }

  /** Runs the application to its end with the packaged agent. */
  private ForkedJvm run(String version, String... clients) throws IOException {
    List<String> clientsAndUrls = new ArrayList<>();
    for (String client : clients) {
      clientsAndUrls.add(client);
      clientsAndUrls.add(url(client.equals("http2") ? http2Host : host));
    }
    ForkedJvm app =
        ForkedJvm.java()
            .options(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-javaagent:" + System.getProperty("agent.jar", ""),
                "-Devenkeel.services.localhost=" + server.url())
            .classPath(classPath(version))
            .main(CallingApp.class.getName(), clientsAndUrls.toArray(String[]::new))
            .start();
    assertThat(app.awaitExit()).as(app::toString).isZero();
    return app;
  }

  private static List<Path> classPath(String version) throws IOException {
    List<Path> classPath = new ArrayList<>();
    try (Stream<Path> jars =
        Files.list(Path.of(System.getProperty("libraries", "")).resolve(version))) {
      jars.forEach(classPath::add);
    }
    assertThat(classPath).isNotEmpty();
    classPath.add(
        Path.of(
            URI.create(
                CallingApp.class.getProtectionDomain().getCodeSource().getLocation().toString())));
    return classPath;
  }

  private static String url(TestServer server) {
    return "http://localhost:" + URI.create(server.url()).getPort() + "/";
  }

  private static List<String> warnings(ForkedJvm app) {
    return app.stderr().stream()
        .filter(line -> line.startsWith("evenkeel ") && !line.contains(" INFO "))
        .toList();
  }
}
