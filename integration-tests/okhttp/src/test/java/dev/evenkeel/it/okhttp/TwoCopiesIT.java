package dev.evenkeel.it.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /** A family each: what one copy is asked for, the next one does not have. */
  @Test
  void copies_ofAllFamilies_areBalancedInOneJvm() throws Exception {
    Balance balance = new Balance();
    long failOpenCount = balance.agent().getLong("FailOpenCount");
    try (ServerFleet fleet = new ServerFleet();
        IsolatedLoader three = new IsolatedLoader("3", jarsOf("3.14.9"));
        IsolatedLoader four = new IsolatedLoader("4", jarsOf("4.12.0"));
        IsolatedLoader five = new IsolatedLoader("5", applicationJars())) {
      TestServer a = fleet.http("a");
      TestServer b = fleet.http("b");
      balance.apply(ServiceConfig.named("orders").server(a).server(b));
      List<String> servers = new ArrayList<>();

      for (ClassLoader loader : List.of(three, four, five)) {
        UnaryOperator<String> application = application(loader);
        for (int i = 0; i < 4; i++) {
          servers.add(application.apply("http://orders/"));
        }
      }

      assertThat(servers).containsOnly("a", "b").hasSize(12);
      assertThat(a.received()).hasSize(6);
      assertThat(b.received()).hasSize(6);
      assertThat(balance.agent().getLong("FailOpenCount")).isEqualTo(failOpenCount);
    } finally {
      balance.clear();
    }
  }

  private static List<Path> jarsOf(String version) throws IOException {
    List<Path> files = new ArrayList<>(Libraries.jars(version));
    files.addAll(Libraries.testClasses());
    return files;
  }

  /** Linking reads through the library's loader, which may wait for whatever it likes. */
  @Test
  void copy_whoseLoaderIsSlowWhileItLinks_holdsUpNoOtherCopy() throws Exception {
    Balance balance = new Balance();
    try (ServerFleet fleet = new ServerFleet();
        SlowLoader slow = new SlowLoader(applicationJars());
        IsolatedLoader other = new IsolatedLoader("other", applicationJars())) {
      balance.apply(ServiceConfig.named("orders").server(fleet.http("a")));
      UnaryOperator<String> ofSlow = application(slow);
      UnaryOperator<String> ofOther = application(other);
      CompletableFuture<String> slowCall =
          CompletableFuture.supplyAsync(() -> ofSlow.apply("http://orders/slow"));
      slow.awaitLinking();

      String server = ofOther.apply("http://orders/other");
      slow.release();

      assertThat(server).isEqualTo("a");
      assertThat(slowCall.get(10, TimeUnit.SECONDS)).isEqualTo("a");
      assertThat(slow.hasTimedOut()).isFalse();
    } finally {
      balance.clear();
    }
  }

  /** Stops where only linking comes: at the class file of a class that is loaded already. */
  private static final class SlowLoader extends URLClassLoader {
    private final CountDownLatch linking = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hasTimedOut;

    SlowLoader(List<Path> jars) {
      super(
          "slow",
          jars.stream().map(SlowLoader::url).toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) {
      try {
        return jar.toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      if (name.equals("okhttp3/internal/connection/ConnectInterceptor.class")) {
        linking.countDown();
        try {
          hasTimedOut = !released.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return super.getResourceAsStream(name);
    }

    void awaitLinking() throws InterruptedException {
      assertThat(linking.await(10, TimeUnit.SECONDS)).isTrue();
    }

    void release() {
      released.countDown();
    }

    boolean hasTimedOut() {
      return hasTimedOut;
    }
  }

  private static List<Path> applicationJars() {
    return IsolatedLoader.classPath().stream()
        .filter(path -> path.endsWith("test-classes") || LIBRARY.matcher(path.toString()).matches())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static UnaryOperator<String> application(ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> application = loader.loadClass(IsolatedApplication.class.getName());
    assertThat(application.getClassLoader()).isSameAs(loader);
    return (UnaryOperator<String>) application.getConstructor().newInstance();
  }
}
