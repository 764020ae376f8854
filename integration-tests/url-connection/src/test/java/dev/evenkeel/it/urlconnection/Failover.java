package dev.evenkeel.it.urlconnection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** A service that fails over by status, and calls to it. Stateless. Thread-safe. */
final class Failover {
  private Failover() {}

  static HttpURLConnection connection(String url) throws IOException {
    return (HttpURLConnection) new URL(url).openConnection();
  }

  static String text(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  static TestServer answering(Stage stage, String name, int status) throws IOException {
    TestServer server = stage.fleet().http(name);
    server.answers(Script.status(status));
    return server;
  }

  static void apply(Stage stage, TestServer first, TestServer other, String status) {
    apply(stage, first.url(), other.url(), status, "");
  }

  static void apply(Stage stage, String first, TestServer other, String status) {
    apply(stage, first, other.url(), status, "");
  }

  static void apply(Stage stage, String first, String other, String status, String more) {
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: main, fallback: backup, errors: { status: [ "
                + status
                + " ]"
                + more
                + " } } }",
            ServiceConfig.named("main").server(first),
            ServiceConfig.named("backup").server(other));
  }
}
