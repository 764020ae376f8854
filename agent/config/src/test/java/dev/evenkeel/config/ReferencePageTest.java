package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String REWRITE = "docs.rewrite";

  @TempDir Path folder;

  @Test
  void page_inTheRepository_isWhatTheDeclarationsSay() throws IOException {
    List<String> badOutput =
        new ArrayList<>(Loads.file(folder, ReferencePage.resource("bad.yml")).lines());
    badOutput.add(
        badOutput.size() + " problems; still using the configuration loaded at 12:03:11Z");
    String rendered = ReferencePage.render(badOutput);
    if (Boolean.getBoolean(REWRITE)) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, rendered);
    }

    String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";

    assertThat(page)
        .as("stale: run mvn -B -ntp verify -pl agent/config -am -D%s=true and commit it", REWRITE)
        .isEqualTo(rendered);
  }

  @Test
  void example_ofThePage_isAGoodConfiguration() {
    Loads example = Loads.file(folder, ReferencePage.resource("example.yml"));

    assertThat(Loads.servers(example.service()))
        .containsExactly(
            "3*http://10.0.0.1:8080", "1*http://10.0.0.2:8080", "0*http://10.0.0.3:8080");
    assertThat(example.load().settings().get("log.level")).isEqualTo("info");
  }

  @Test
  void everyDefault_isAValueOfItsKind() {
    List<Option> options = new ArrayList<>(AgentOptions.ALL);
    collect(Schema.ROOT, options);

    assertThat(options).hasSizeGreaterThan(150);
    assertThat(options)
        .filteredOn(option -> option.fallback() != null)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            option ->
                assertThat(((Scalar) option.kind()).parse(option.fallback()))
                    .as(option.name())
                    .isNotNull());
  }

  private static void collect(Kind kind, List<Option> found) {
    if (kind instanceof Group group) {
      found.addAll(group.options());
      group.options().forEach(option -> collect(option.kind(), found));
    } else if (kind instanceof MapOf map) {
      collect(map.entry(), found);
    } else if (kind instanceof ListOf list) {
      collect(list.item(), found);
    }
  }
}
