package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.scenarios.app.Container;
import dev.evenkeel.scenarios.app.HttpClientWebapp;
import dev.evenkeel.scenarios.app.OkHttpWebapp;
import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent keeps nothing of an application that its container has undeployed. */
class UndeployIT {
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void webapps_undeployed_areCollectedTheFirstCallerAmongThem(Path jdk) throws IOException {
    String okhttp = OkHttpWebapp.class.getName();
    String httpclient = HttpClientWebapp.class.getName();
    try (ServerFleet fleet = new ServerFleet();
        ForkedJvm container =
            ForkedJvm.java(jdk)
                .options(Application.agent(), "-Devenkeel.services.orders=" + fleet.http("a").url())
                .classPath(IsolatedLoader.classPath())
                .main(Container.class.getName(), "http://orders/", httpclient, okhttp, httpclient)
                .start()) {
      assertThat(container.awaitExit()).as(container.toString()).isZero();

      assertThat(container.stdout())
          .containsExactly(
              "200 a",
              httpclient + " is gone",
              "200 a",
              okhttp + " is gone",
              "200 a",
              httpclient + " is gone");
    }
  }
}
