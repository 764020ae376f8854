package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said in YAML and in TOML means the same, and is refused with the same words. */
class TomlAsYamlTest {
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TOML_BLOCK = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);
  private static final List<String> PAGES =
      List.of("../../README.md", "../docs/configuration.md", "../docs/monitoring.md");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("documentsInEachForm")
  void document_inTomlOfEachForm_isTheOneInYaml(String name, TomlText form, String yaml)
      throws IOException {
    Node.Block tree = (Node.Block) YamlReader.read(name, yaml, new Problems());
    assertThat(TomlText.canHold(tree)).as("what TOML can say").isTrue();
    KnownTransports transports = new KnownTransports();

    Configuration fromYaml = load(Loads.file(folder, yaml), transports);
    Configuration fromToml = load(Loads.toml(folder, form.of(tree)), transports);

    assertThat(fromToml.spec()).isEqualTo(fromYaml.spec());
    assertThat(options(fromToml)).isEqualTo(options(fromYaml));
    assertThat(words(fromToml)).containsExactlyInAnyOrderElementsOf(words(fromYaml));
    assertThat(fromToml.problems()).allMatch(p -> p.line() > 0 || p.key().isEmpty());
  }

  static Stream<Arguments> documentsInEachForm() throws IOException {
    Map<String, String> documents = documents();
    return documents.keySet().stream()
        .flatMap(
            name ->
                Stream.of(TomlText.values())
                    .map(form -> Arguments.of(name, form, documents.get(name))));
  }

  /** The largest of the documents has every section, and nothing wrong with it. */
  @Test
  void documents_coverEverySection() throws IOException {
    assertThat(documents()).hasSizeGreaterThan(5);

    Configuration everything = Loads.file(folder, ReferencePage.resource("everything.yml")).load();

    assertThat(everything.problems()).noneMatch(Problem::isFatal);
    assertThat(everything.spec().services()).hasSize(8);
    assertThat(everything.lines())
        .extracting(line -> line.replaceFirst("^\\S+ ([^:]+):.*", "$1"))
        .contains("http.routers", "http.middlewares", "tcp", "udp", "tls");
  }

  @Test
  void example_inTomlOfThePage_isAGoodConfiguration() throws IOException {
    Matcher block = TOML_BLOCK.matcher(Files.readString(Path.of("../docs/configuration.md")));
    assertThat(block.find()).isTrue();

    Loads example = Loads.toml(folder, block.group(1));

    assertThat(Loads.servers(example.service()))
        .containsExactly("3*http://10.0.0.1:8080", "1*http://10.0.0.2:8080");
    assertThat(example.service().extras().health().slowStart()).hasSeconds(30);
  }

  private static Map<String, String> documents() throws IOException {
    Map<String, String> documents = new TreeMap<>();
    for (String resource : List.of("everything.yml", "example.yml", "bad.yml")) {
      documents.put(resource, ReferencePage.resource(resource));
    }
    for (String page : PAGES) {
      Matcher block = BLOCK.matcher(Files.readString(Path.of(page)));
      for (int i = 1; block.find(); i++) {
        documents.put(page.replaceFirst(".*/", "") + " " + i, block.group(1));
      }
    }
    return documents;
  }

  private static Configuration load(Loads loads, KnownTransports transports) {
    return Configuration.load(loads.settings(), transports);
  }

  private static Map<String, String> options(Configuration loaded) {
    Map<String, String> options = new TreeMap<>(loaded.settings().startingWith(""));
    options.remove("config");
    return options;
  }

  /** The problems without the places in the file, which are others. */
  private static List<String> words(Configuration loaded) {
    List<String> words = new ArrayList<>();
    for (Problem each : loaded.problems()) {
      words.add((each.isFatal() ? "" : "note: ") + each.key() + ": " + each.text());
    }
    return words;
  }
}
