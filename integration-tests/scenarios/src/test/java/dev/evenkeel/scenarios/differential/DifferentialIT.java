package dev.evenkeel.scenarios.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.evenkeel.scenarios.differential.subjects.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every client makes one list of exchanges three times: through the agent, through a reverse proxy
 * at the logical host, and straight to a server there. Libraries have quirks of their own; the
 * agent adds none.
 */
class DifferentialIT {
  private static final Path FOLDER = Path.of("target", "differential").toAbsolutePath();
  private static final Path AGENT = Path.of(System.getProperty("agent.jar", ""));

  /** {@code HttpURLConnection} has no such methods; everything else arrives. */
  private static final List<String> REFUSED =
      List.of(
          "url-connection/patch",
          "url-connection/custom",
          "url-connection/custom-body",
          "url-connection-steps/patch",
          "url-connection-steps/custom",
          "url-connection-steps/custom-body",
          "url-connection-tls/patch",
          "url-connection-tls/custom",
          "url-connection-tls/custom-body",
          "url-connection-steps-tls/patch",
          "url-connection-steps-tls/custom",
          "url-connection-steps-tls/custom-body");

  /** A header that HTTP/2 has not. */
  private static final List<String> REFUSED_IN_HTTP_2 =
      List.of(
          "httpclient5-async-h2/hints", "jdk-httpclient-h2/hints", "httpclient5-async-h2c/hints");

  private static final Map<Path, Map<Way, Map<String, List<String>>>> RUNS = new HashMap<>();

  private static Haproxy.@Nullable Binary binary;
  private static String whyNoProxy = "";

  @BeforeAll
  static void findTheProxy() {
    try {
      binary = Haproxy.find(FOLDER.resolveSibling("haproxy"));
    } catch (IOException e) {
      whyNoProxy = "no comparison with a proxy, as there is no HAProxy: " + e.getMessage();
      System.err.println(whyNoProxy);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_besideTheServerItself_differsAsDeclared(Path jdk) throws IOException {
    Comparison comparison = compare(jdk, Way.DIRECT, Wire.PLAIN, Wire.TLS);

    assertThat(comparison.differences(Declared.AGENT)).isEmpty();
    assertThat(comparison.withoutRequest()).isEqualTo(REFUSED);
    assertThat(comparison.unseen(Declared.AGENT, Declared.AGENT)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_besideAReverseProxy_differsByTheProxysQuirks(Path jdk) throws IOException {
    assumeTrue(binary != null, whyNoProxy);
    Comparison comparison = compare(jdk, Way.PROXY, Wire.values());
    List<Quirk> declared = Stream.concat(Declared.AGENT.stream(), Declared.PROXY.stream()).toList();

    assertThat(comparison.differences(declared)).isEmpty();
    assertThat(comparison.unseen(declared, Declared.PROXY)).isEmpty();
  }

  /** The server's HTTP/2 is HAProxy's. */
  @ParameterizedTest
  @MethodSource("dev.evenkeel.scenarios.Jdks#all")
  void agent_besideAServerOfHttp2_differsAsDeclared(Path jdk) throws IOException {
    assumeTrue(binary != null, whyNoProxy);
    Comparison comparison = compare(jdk, Way.DIRECT, Wire.HTTP_2, Wire.HTTP_2_PLAIN);
    List<Quirk> declared = Stream.concat(Declared.AGENT.stream(), Declared.FRONT.stream()).toList();

    assertThat(comparison.differences(declared)).isEmpty();
    assertThat(comparison.withoutRequest()).isEqualTo(REFUSED_IN_HTTP_2);
  }

  private static Comparison compare(Path jdk, Way measure, Wire... wires) throws IOException {
    return new Comparison(
        over(runs(jdk).get(measure), wires), over(runs(jdk).get(Way.AGENT), wires));
  }

  private static Map<String, List<String>> over(Map<String, List<String>> seen, Wire... wires) {
    Map<String, List<String>> over = new LinkedHashMap<>(seen);
    over.keySet().removeIf(key -> Arrays.stream(wires).noneMatch(wire -> wire.isOf(key)));
    assertThat(over).hasSizeGreaterThan(200);
    return over;
  }

  /** What was seen by each way; made once for each JDK. */
  private static Map<Way, Map<String, List<String>>> runs(Path jdk) throws IOException {
    if (!RUNS.containsKey(jdk)) {
      RUNS.put(jdk, run(jdk, FOLDER.resolve(jdk.getFileName())));
    }
    return RUNS.get(jdk);
  }

  /** The three at the same time. */
  private static Map<Way, Map<String, List<String>>> run(Path jdk, Path folder) throws IOException {
    Map<Way, Map<String, List<String>>> seen = new HashMap<>();
    List<Run> runs = new ArrayList<>();
    try {
      Identity identity = Identity.in(folder);
      Run direct = Run.direct(folder.resolve("direct"), wires(), identity);
      runs.add(direct);
      runs.add(Run.of(Way.AGENT, folder.resolve("agent"), direct.sites(), identity));
      if (binary != null) {
        runs.add(Run.of(Way.PROXY, folder.resolve("proxy"), direct.sites(), identity));
      }
      for (Run run : runs) {
        run.start(jdk, AGENT, binary);
      }
      for (Run run : runs) {
        seen.put(run.way(), run.finish());
      }
    } finally {
      for (Run run : runs) {
        run.close();
      }
    }
    return seen;
  }

  /** HTTP/2 takes an HAProxy. */
  private static List<Wire> wires() {
    return binary == null ? List.of(Wire.PLAIN, Wire.TLS) : List.of(Wire.values());
  }
}
