package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files in the place of one. */
class ConfigDirectoryTest {
  private static final String SERVICE =
      "http: { services: { %s: { loadBalancer: { servers: [ { url: '%s' } ] } } } }";

  @TempDir Path folder;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(folder.resolve("conf.d"));
  }

  @Test
  void files_ofAllKindsAndDepths_areOneConfiguration() throws IOException {
    service("b.yaml", "stock", "http://b:1");
    service("a/z.YML", "orders", "http://a:1");
    write(
        "c.toml",
        "[http.services.all.weighted]",
        "services = [ { name = 'stock' }, { name = 'orders', weight = 3 } ]",
        "[evenkeel.log]",
        "level = 'debug'");
    write("a/y.yml", "evenkeel: { log.files: 5, services: { stock: { slowStart: 5s } } }");
    write("README.md", "http: {{ not a configuration }}");
    write("balance.yml.bak", "http: [");
    write(".hidden.yml", SERVICE.formatted("hidden", "http://h:1"));
    write(".git/deep/e.yml", SERVICE.formatted("deep", "http://d:1"));

    Configuration loaded = load();

    assertThat(lines()).isEmpty();
    assertThat(names(loaded)).containsExactlyInAnyOrder("stock", "orders", "all", "hidden", "deep");
    assertThat(loaded.settings().get("log.level")).isEqualTo("debug");
    assertThat(loaded.settings().get("log.files")).isEqualTo("5");
  }

  @Test
  void topLevelKeys_thatNobodyReads_mayDifferInCase() throws IOException {
    write("a.yml", "x-common: 1", "X-Common: 2");
    service("b.yml", "orders", "http://b:1");

    assertThat(names(load())).containsExactly("orders");
    assertThat(lines()).isEmpty();
  }

  @Test
  void name_givenTwice_isTheFirstFilesAndSaidWithBothFiles() throws IOException {
    service("a.yml", "orders", "http://a:1");
    write(
        "b/first.toml",
        "[http.services.orders.loadBalancer]",
        "servers = [ { url = 'http://b:1' } ]",
        "[http.services.stock.loadBalancer]",
        "servers = [ { url = 'http://b:2' } ]",
        "[evenkeel.services.stock]",
        "slowStart = '1s'");
    write(
        "c.yml",
        "HTTP:",
        "  Services:",
        "    stock: { loadBalancer: { servers: [ { url: 'http://c:1' } ] } }",
        "    orders: { loadBalancer: { servers: [ { url: 'http://c:2' } ] } }",
        "    other:",
        "evenkeel:",
        "  services: { stock: { slowStart: 2s }, other: { slowStart: 3s } }");
    service("d.yml", "other", "http://d:1");

    assertThat(lines())
        .containsExactly(
            "conf.d/b/first.toml:1 http.services.orders: given already in conf.d/a.yml:1: passed"
                + " over",
            "conf.d/c.yml:3 http.services.stock: given already in conf.d/b/first.toml:3: passed"
                + " over",
            "conf.d/c.yml:4 http.services.orders: given already in conf.d/a.yml:1: passed over",
            "conf.d/c.yml:7 evenkeel.services.stock: given already in conf.d/b/first.toml:5: passed"
                + " over");
    Configuration loaded = load();
    assertThat(loaded.isUsable()).isTrue();
    assertThat(loaded.spec().services())
        .flatExtracting(each -> Loads.servers((LoadBalancerSpec) each))
        .containsExactlyInAnyOrder("1*http://a:1", "1*http://b:2", "1*http://d:1");
  }

  @Test
  void otherSections_areMergedByNameAndListsAreJoined() throws IOException {
    write(
        "a.yml",
        "http: { routers: { r: { service: a } }, middlewares: { m: { stripPrefix: {} } } }",
        "tls: { certificates: [ { certFile: a } ], options: { o: { sniStrict: true } } }",
        "x-anything: 1");
    write(
        "b.yml",
        "http: { routers: { r: { service: b }, s: { service: b } } }",
        "tls: { certificates: [ { certFile: b }, { keyfil: b } ], options: { o: {}, p: { x: 1 } } }",
        "x-anything: [ 2 ]",
        "evenkeel: { log: { level: info } }");
    write("c.yml", "evenkeel: { log: { level: debug, file: evenkeel.log } }");

    assertThat(lines())
        .filteredOn(line -> !line.contains("this version") && !line.contains("not applicable"))
        .containsExactly(
            "conf.d/b.yml:1 http.routers.r: given already in conf.d/a.yml:1: passed over",
            "conf.d/b.yml:2 tls.options.o: given already in conf.d/a.yml:2: passed over",
            "conf.d/b.yml:2 tls.options.o: {} cannot be a standalone element (expected: block with"
                + " minVersion, maxVersion, cipherSuites, curvePreferences, clientAuth, sniStrict,"
                + " alpnProtocols, disableSessionTickets, preferServerCipherSuites)",
            "conf.d/b.yml:2 tls.certificates[2].keyfil: unknown key (did you mean: keyFile?)",
            "conf.d/b.yml:2 tls.options.p.x: unknown key (expected: one of minVersion, maxVersion,"
                + " cipherSuites, curvePreferences, clientAuth, sniStrict, alpnProtocols,"
                + " disableSessionTickets, preferServerCipherSuites)",
            "conf.d/c.yml:1 evenkeel.log.level: given already in conf.d/b.yml:4: passed over");
  }

  @Test
  void problems_ofAllFiles_areSaidAtOnceInTheirOrder() throws IOException {
    service("a.yml", "orders", "ftp://a");
    write("b.toml", "[http", "= 1");
    write("c.yml", "http: [");
    write("d.yml", "");
    write("e.yml", "# nothing yet");
    write(
        "f.yml",
        "http: { services: { orders: { loadBalancer: { strategi: wrr } },",
        "  all: { weighted: { services: [ { name: in-the-broken-file } ] } },",
        "  tls: { loadBalancer: { serversTransport: in-it-too, servers: [ { url: 'http://t' } ] } } } }",
        "evenkeel: { services: { and-this: { slowStart: x } } }");

    assertThat(lines())
        .containsExactly(
            "conf.d/a.yml:1 http.services.orders.loadBalancer.servers[0].url: ftp://a (expected: URL"
                + " such as http://10.0.0.1:8080 or https://host)",
            "conf.d/b.toml:1: not valid TOML, column 6: Unexpected end of line, expected ]",
            "conf.d/b.toml:2: not valid TOML, column 1: Unexpected '=', expected a key, a table key,"
                + " a newline, or end-of-input",
            "conf.d/c.yml:1: not valid YAML, column 8: while parsing a flow node, expected the"
                + " node content, but found '<stream end>'",
            "conf.d/d.yml: empty (expected: a configuration, such as http.services)",
            "conf.d/e.yml: holds nothing but comments",
            "conf.d/f.yml:1 http.services.orders: given already in conf.d/a.yml:1: passed over",
            "conf.d/f.yml:1 http.services.orders.loadBalancer.strategi: unknown key (did you mean:"
                + " strategy?)",
            "conf.d/f.yml:4 evenkeel.services.and-this.slowStart: x (expected: duration such as"
                + " 10s, 1m30s or 300ms; a bare number counts seconds)");
    assertThat(load().isUsable()).isFalse();
    assertThat(load().spec().services()).isEmpty();
  }

  @Test
  void options_givenTwiceInOneFile_areAProblemOfThatFile() throws IOException {
    service("a.yml", "orders", "http://a");
    write("b.yml", "http: { services: {} }", "HTTP: { services: {} }");

    assertThat(lines())
        .containsExactly("conf.d/b.yml:2 HTTP: given twice (expected: once; case does not matter)");
  }

  @Test
  void directory_withoutAFileOrWithNothingButComments_isSaid() throws IOException {
    write("README.md", "soon");

    assertThat(lines())
        .containsExactly(
            "conf.d: an empty directory (expected: a .yml, .yaml or .toml file in it)");

    write("a.yml", "# later");

    assertThat(lines())
        .containsExactly(
            "conf.d/a.yml: holds nothing but comments",
            "conf.d: nothing to balance: no service (expected: http.services)");
    assertThat(load().isUsable()).isTrue();
  }

  @Test
  void property_overTheFiles_winsKeyByKey() throws IOException {
    service("a.yml", "orders", "http://a:1");
    service("b.yml", "stock", "http://b:1");

    Configuration loaded =
        Loads.named(directory.toString())
            .property("http.services.stock.loadBalancer.servers[0].weight", "7")
            .load();

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.spec().services())
        .flatExtracting(each -> Loads.servers((LoadBalancerSpec) each))
        .containsExactlyInAnyOrder("1*http://a:1", "7*http://b:1");
    assertThat(loaded.settings().source()).isEqualTo(directory + " and properties");
  }

  /** As Kubernetes mounts a ConfigMap: each name is a link into the directory that is in force. */
  @Test
  void configMap_isReadOnceThroughItsLinks() throws IOException {
    write("..2026_11_20/orders.yml", SERVICE.formatted("orders", "http://old:1"));
    write("..2026_11_21/orders.yml", SERVICE.formatted("orders", "http://new:1"));
    write("..2026_11_21/sub/stock.yml", SERVICE.formatted("stock", "http://b:1"));
    link("..data", "..2026_11_21");
    link("orders.yml", "..data/orders.yml");
    link("sub", "..data/sub");

    assertThat(lines()).isEmpty();
    assertThat(load().spec().services())
        .flatExtracting(each -> Loads.servers((LoadBalancerSpec) each))
        .containsExactly("1*http://new:1", "1*http://b:1");
  }

  @Test
  void links_thatLeadBackOrNowhere_endAndAreSaid() throws IOException {
    service("a/orders.yml", "orders", "http://a:1");
    link("a/back", "..");
    link("a/here", ".");
    link("b", "a");
    link(".#orders.yml", "user@host.4711:1");

    assertThat(lines()).isEmpty();
    assertThat(names(load())).containsExactly("orders");

    link("gone.yml", "nowhere.yml");

    assertThat(lines())
        .containsExactly("conf.d/gone.yml: no such file (looked for conf.d/gone.yml)");
    assertThat(load().isUsable()).isFalse();
  }

  @Test
  void file_thatCannotBeOpened_blocksTheOthers() throws IOException {
    service("a.yml", "orders", "http://a:1");
    link("mem.yml", "/proc/self/mem");

    assertThat(lines()).singleElement().asString().startsWith("conf.d/mem.yml: cannot be read: ");
  }

  @Test
  void directories_thatNestWithoutEnd_areOneProblem() throws IOException {
    service("a.yml", "orders", "http://a:1");
    String deep = "d/".repeat(16);
    service(deep + "b.yml", "stock", "http://b:1");
    assertThat(names(load())).containsExactly("orders", "stock");

    Files.createDirectory(directory.resolve(deep + "d"));

    assertThat(lines())
        .containsExactly("conf.d: conf.d/" + deep + "d: too deep (expected: at most 16 levels)");
  }

  @Test
  void files_tooMany_areOneProblem() throws IOException {
    for (int i = 0; i <= 1000; i++) {
      Files.createFile(directory.resolve(i + ".yml"));
    }

    assertThat(ConfigFiles.of(directory.toFile()).files()).hasSize(1000);
    assertThat(lines())
        .containsExactly("conf.d: holds too much (expected: at most 1000 configuration files)");
  }

  @Test
  void entries_tooMany_areOneProblem() throws IOException {
    for (int i = 0; i <= 10_000; i++) {
      assertThat(new File(directory.toFile(), "note" + i).createNewFile()).isTrue();
    }

    assertThat(lines())
        .containsExactly("conf.d: holds too much (expected: at most 10000 files and directories)");
  }

  @Test
  void files_tooLargeInAll_areOneProblem() throws IOException {
    for (int i = 0; i < 5; i++) {
      try (RandomAccessFile file =
          new RandomAccessFile(directory.resolve(i + ".yml").toFile(), "rw")) {
        file.setLength(4 << 20);
      }
    }

    assertThat(lines())
        .containsExactly("conf.d: too large (expected: at most 16777216 bytes in all files)");
  }

  private void service(String name, String service, String url) throws IOException {
    write(name, SERVICE.formatted(service, url));
  }

  private void write(String name, String... lines) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(directory.resolve(name), Path.of(target));
  }

  private Configuration load() {
    return Loads.named(directory.toString()).load();
  }

  /** With the directory named without its own. */
  private List<String> lines() {
    return Loads.named(directory.toString()).lines();
  }

  private static List<String> names(Configuration loaded) {
    return new ArrayList<>(loaded.spec().services().stream().map(ServiceSpec::name).toList());
  }
}
