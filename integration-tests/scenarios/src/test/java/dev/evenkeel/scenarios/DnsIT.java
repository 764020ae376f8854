package dev.evenkeel.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.evenkeel.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server's name has several addresses, and others after a while. */
class DnsIT {
  private static final String ORDERS = "http://orders/";

  @TempDir Path directory;

  private final List<HttpServer> servers = new ArrayList<>();
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  private int serve(String name, String address, int port) throws IOException {
    return serve(name, HttpServer.create(new InetSocketAddress(address, port), 0));
  }

  private int serveTls(String name, String address, int port, HandshakeCertificates certificates)
      throws IOException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(address, port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
    return serve(name, server);
  }

  /** Answers with its name, and remembers the Host header. */
  private int serve(String name, HttpServer server) {
    server.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          exchange.getResponseHeaders().set("X-Server", name);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private void names(String... lines) throws IOException {
    // Moved there in one step: the JVM may read the file at any time.
    Path written = Files.writeString(directory.resolve("next"), String.join("\n", lines) + "\n");
    Files.move(
        written,
        directory.resolve("hosts"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Application start(Path jdk, int port) throws IOException {
    return start(
        jdk,
        """
        http: { services: { orders: { loadBalancer: { servers: [ { url: "http://stock.test:%d" } ] } } } }
        """
            .formatted(port));
  }

  private Application start(Path jdk, String http) throws IOException {
    Path file = directory.resolve("balance.yml");
    Files.writeString(
        file, http + "evenkeel: { services: { orders: { dns: { interval: 1s } } } }\n", UTF_8);
    return Application.start(
        jdk,
        Application.agent(),
        "-Devenkeel.config=" + file,
        "-Djdk.net.hosts.file=" + directory.resolve("hosts"),
        "-Dsun.net.inetaddr.ttl=0",
        "-Dsun.net.inetaddr.negative.ttl=0");
  }

  private static void awaitServers(Application app, String... outcomes) {
    Await.until(
        "the calls go to " + List.of(outcomes),
        () -> Set.copyOf(app.call("okhttp", 4, ORDERS)).equals(Set.of(outcomes)));
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void name_withSeveralAddresses_isAServerEachForAsLongAsItHasThem(Path jdk) throws Exception {
    int port = serve("one", "127.0.0.1", 0);
    serve("two", "127.0.0.2", port);
    names("127.0.0.1 stock.test", "127.0.0.2 stock.test");

    try (Application app = start(jdk, port)) {
      app.jvm().awaitStderr("stock.test: addresses 127.0.0.1, 127.0.0.2");
      awaitServers(app, "200 one", "200 two");
      assertThat(app.call("httpclient5", 4, ORDERS))
          .containsExactlyInAnyOrder("200 one", "200 one", "200 two", "200 two");
      try (Console console = Console.on(app.jvm().pid())) {
        assertThat(console.attribute(Console.server("http://127.0.0.2:" + port), "State"))
            .isEqualTo("UP");
      }

      names("127.0.0.2 stock.test");
      awaitServers(app, "200 two");

      names("127.0.0.2 other.test");
      app.jvm().awaitStderr("stock.test: cannot be looked up: unknown host");
      assertThat(app.call("okhttp", 4, ORDERS)).containsOnly("200 two");
      assertThat(hosts).containsExactly("orders");
    }
  }

  /**
   * The servers' certificate is for the name alone, and of an authority that only the file knows.
   */
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void name_ofHttpsServers_isVerifiedAtEachAddress(Path jdk) throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    int port = serveTls("one", "127.0.0.1", 0, certificates(authority, "stock.test"));
    serveTls("two", "127.0.0.2", port, certificates(authority, "stock.test"));
    serveTls("other", "127.0.0.3", port, certificates(authority, "other.test"));
    names("127.0.0.1 stock.test", "127.0.0.2 stock.test", "127.0.0.3 stock.test");
    Path ca = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());

    try (Application app =
        start(
            jdk,
            """
            http:
              serversTransports: { own: { rootCAs: [ "%s" ] } }
              services:
                orders:
                  loadBalancer:
                    serversTransport: own
                    passHostHeader: false
                    healthCheck: { path: /, unhealthyInterval: 100ms, timeout: 20s }
                    servers: [ { url: "https://stock.test:%d" } ]
            """
                .formatted(ca, port))) {
      app.jvm().awaitStderr("stock.test: addresses 127.0.0.1, 127.0.0.2, 127.0.0.3");
      awaitServers(app, "200 one", "200 two");
      for (String client : List.of("url-connection", "jdk-httpclient", "httpclient4")) {
        assertThat(Set.copyOf(app.call(client, 4, ORDERS)))
            .containsExactlyInAnyOrder("200 one", "200 two");
      }
      assertThat(hosts).containsExactly("stock.test:" + port);
      try (Console console = Console.on(app.jvm().pid())) {
        assertThat(console.attribute(Console.server("https://127.0.0.3:" + port), "State"))
            .isEqualTo("DOWN");
      }
    }
  }

  private static HandshakeCertificates certificates(HeldCertificate authority, String name) {
    HeldCertificate its =
        new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName(name).build();
    return new HandshakeCertificates.Builder().heldCertificate(its).build();
  }
}
