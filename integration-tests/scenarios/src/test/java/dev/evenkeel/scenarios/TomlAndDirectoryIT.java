package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A TOML file, and a directory of files, change under an application that makes calls. */
class TomlAndDirectoryIT {
  private static final String LOADED = "configuration loaded: ";
  private static final String REFUSED = "still using the configuration loaded at";

  @TempDir Path directory;
  private final ServerFleet fleet = new ServerFleet();
  private String a;
  private String b;
  private Path classes;
  private int seen;

  @BeforeEach
  void startServers() throws IOException {
    a = fleet.http("a").url();
    b = fleet.http("b").url();
    classes = directory.resolve("classes.log");
  }

  @AfterEach
  void stopServers() throws IOException {
    fleet.close();
  }

  @Test
  void toml_edited_isAppliedUnderCallsAndABrokenEditIsRefused() throws IOException {
    Path file = directory.resolve("balance.toml");
    Files.writeString(file, toml("orders", a));

    try (Application app = start(Path.of(System.getProperty("java.home")), file)) {
      assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 a");
      assertThat(loaded()).anyMatch(isOf("org.tomlj.")).noneMatch(isOf("org.snakeyaml."));

      Files.writeString(file, "[http");
      assertThat(callUntil(app, REFUSED)).containsOnly("200 a");
      assertThat(app.jvm().stderr()).anyMatch(line -> line.contains("balance.toml:1: not valid"));

      Files.writeString(file, toml("orders", b));
      assertThat(callUntil(app, LOADED)).isSubsetOf("200 a", "200 b");
      assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 b");
      assertNoFault(app);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void directory_whoseFilesComeChangeAndGo_failsNoCall(Path jdk) throws IOException {
    Path conf = mountedConfigMap();

    try (Application app = start(jdk, conf)) {
      assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 a");
      assertThat(loaded()).anyMatch(isOf("org.snakeyaml.")).noneMatch(isOf("org.tomlj."));

      Path stock = conf.resolve("more/below/stock.toml");
      Files.createDirectories(stock.getParent());
      Files.writeString(stock, toml("stock.invalid", b));
      assertThat(callUntil(app, LOADED + "2 services")).containsOnly("200 a");
      assertThat(app.call("okhttp", 2, "http://stock.invalid/")).containsOnly("200 b");

      Files.writeString(conf.resolve("zz.yml"), "http: [");
      assertThat(callUntil(app, REFUSED)).containsOnly("200 a");
      assertThat(app.call("okhttp", 2, "http://stock.invalid/")).containsOnly("200 b");

      Files.delete(conf.resolve("zz.yml"));
      Files.delete(stock);
      assertThat(callUntil(app, LOADED + "1 service")).containsOnly("200 a");
      assertThat(app.call("okhttp", 1, "http://stock.invalid/"))
          .allMatch(outcome -> outcome.startsWith("java.net.UnknownHostException"));

      swapConfigMap(conf);
      assertThat(callUntil(app, LOADED + "1 service")).isSubsetOf("200 a", "200 b");
      assertThat(app.call("okhttp", 2, "http://orders/")).containsOnly("200 b");

      remove(conf);
      assertThat(callUntil(app, REFUSED)).containsOnly("200 b");
      assertNoFault(app);
    }
  }

  /** As Kubernetes does it: each file is a link through one that can be replaced at once. */
  private Path mountedConfigMap() throws IOException {
    Path conf = Files.createDirectories(directory.resolve("conf.d"));
    Files.createDirectory(conf.resolve("..first"));
    Files.writeString(conf.resolve("..first/orders.yml"), yaml("orders", a));
    Files.createSymbolicLink(conf.resolve("..data"), Path.of("..first"));
    Files.createSymbolicLink(conf.resolve("orders.yml"), Path.of("..data/orders.yml"));
    return conf;
  }

  private void swapConfigMap(Path conf) throws IOException {
    Files.createDirectory(conf.resolve("..second"));
    Files.writeString(conf.resolve("..second/orders.yml"), yaml("orders", b));
    Files.createSymbolicLink(conf.resolve("..data_tmp"), Path.of("..second"));
    Files.move(conf.resolve("..data_tmp"), conf.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    remove(conf.resolve("..first"));
  }

  private static void remove(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private Application start(Path jdk, Path config) throws IOException {
    return Application.start(
        jdk,
        Application.agent(),
        "-Xlog:class+load:file=" + classes,
        "-Devenkeel.config=" + config);
  }

  /** Calls on and on, until the agent's log has a further line with a text; what they came to. */
  private Set<String> callUntil(Application app, String text) {
    Set<String> outcomes = new HashSet<>();
    Await.until(
        text,
        () -> {
          List<String> lines = app.jvm().stderr();
          outcomes.addAll(app.call("okhttp", 100, "http://orders/"));
          boolean isThere = lines.stream().skip(seen).anyMatch(line -> line.contains(text));
          seen = isThere ? lines.size() : seen;
          return isThere;
        });
    return outcomes;
  }

  private List<String> loaded() throws IOException {
    return Files.readAllLines(classes);
  }

  private static Predicate<String> isOf(String prefix) {
    return line -> line.contains(" " + prefix);
  }

  private static void assertNoFault(Application app) {
    assertThat(app.jvm().stderr()).noneMatch(line -> line.contains("fault in"));
  }

  private static String yaml(String service, String url) {
    return "http: { services: { "
        + service
        + ": { loadBalancer: { servers: [ { url: '"
        + url
        + "' } ] } } } }\n";
  }

  private static String toml(String service, String url) {
    return "[[http.services.\"%s\".loadBalancer.servers]]\nurl = \"%s\"\n".formatted(service, url);
  }
}
