package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two copies of the library in one JVM, in loaders that see neither each other nor the agent. */
class TwoCopiesIT {
  private static final Pattern LIBRARY = Pattern.compile(".*(okhttp-jvm|okio-jvm|kotlin-stdlib).*");

  @Test
  void twoCopies_inFilteringLoaders_areBothBalanced() throws Exception {
    Balance balance = new Balance();
    long failOpenCount = balance.agent().getLong("FailOpenCount");
    try (ServerFleet fleet = new ServerFleet();
        IsolatedLoader one = new IsolatedLoader("one", applicationJars());
        IsolatedLoader two = new IsolatedLoader("two", applicationJars())) {
      TestServer a = fleet.http("a");
      TestServer b = fleet.http("b");
      balance.apply(ServiceConfig.named("orders").server(a).server(b));
      UnaryOperator<String> ofOne = application(one);
      UnaryOperator<String> ofTwo = application(two);
      List<String> servers = new ArrayList<>();

      for (int i = 0; i < 6; i++) {
        servers.add(ofOne.apply("http://orders/one"));
        servers.add(ofTwo.apply("http://orders/two"));
      }

      assertThat(ofOne.getClass()).isNotEqualTo(ofTwo.getClass());
      assertThat(servers).containsOnly("a", "b");
      assertThat(a.received()).hasSize(6);
      assertThat(b.received()).hasSize(6);
      assertThat(balance.agent().getLong("FailOpenCount")).isEqualTo(failOpenCount);
    } finally {
      balance.clear();
    }
  }

  private static List<Path> applicationJars() {
    return IsolatedLoader.classPath().stream()
        .filter(path -> path.endsWith("test-classes") || LIBRARY.matcher(path.toString()).matches())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static UnaryOperator<String> application(IsolatedLoader loader)
      throws ReflectiveOperationException {
    Class<?> application = loader.loadClass(IsolatedApplication.class.getName());
    assertThat(application.getClassLoader()).isSameAs(loader);
    return (UnaryOperator<String>) application.getConstructor().newInstance();
  }
}
