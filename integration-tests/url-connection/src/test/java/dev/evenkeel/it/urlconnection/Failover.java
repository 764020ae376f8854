package dev.evenkeel.it.urlconnection;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;

/** A service that fails over by status, and its servers. Stateless. Thread-safe. */
final class Failover {
  private Failover() {}

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
