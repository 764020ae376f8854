package dev.evenkeel.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file as a whole: each is one clear problem. */
class ConfigFileTest {
  @TempDir Path folder;

  @Test
  void file_thatIsMissing_isNamedWithItsFullPath() {
    String missing = folder.resolve("balance.yml").toString();

    assertThat(Loads.named(missing).lines())
        .containsExactly("balance.yml: no such file (looked for balance.yml)");
    assertThat(Loads.named("nowhere.yml").lines())
        .containsExactly(
            "nowhere.yml: no such file (looked for "
                + Path.of("nowhere.yml").toAbsolutePath()
                + ")");
  }

  /** A folder's permissions do not stop the superuser, so the reader gets a name it cannot open. */
  @Test
  void file_thatCannotBeOpened_isOneProblem() throws Exception {
    Path file = folder.resolve("balance.yml");
    Files.createSymbolicLink(file, file.getFileSystem().getPath("/proc/self/mem"));

    assertThat(Loads.named(file.toString()).lines())
        .singleElement()
        .asString()
        .startsWith("balance.yml: cannot be read: ");
  }

  @ParameterizedTest
  @CsvSource({"balance.json", "balance", "balance.yml~"})
  void file_ofAnotherKind_isOneProblem(String name) throws Exception {
    Files.writeString(folder.resolve(name), "{}");

    assertThat(Loads.named(folder.resolve(name).toString()).lines())
        .containsExactly(
            name
                + ": unknown kind of file (expected: a .yml, .yaml or .toml file, or a directory of"
                + " them)");
  }

  /** The name of a directory that was removed, or is not mounted yet, tells nobody what it is. */
  @Test
  void name_ofNothing_isMissingWhateverItsEnd() {
    String missing = folder.resolve("conf.d").toString();

    assertThat(Loads.named(missing).load().lines())
        .containsExactly(missing + ": no such file (looked for " + missing + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|balance.yml: empty (expected: a configuration, such as http.services)",
        "'# only a comment\n'|balance.yml: empty (expected: a configuration, such as http.services)",
        "'---\n~\n'|balance.yml: empty (expected: a configuration, such as http.services)",
        "'- a\n- b\n'|balance.yml:1: a list (expected: a block, such as http:)",
        "'\nhello\n'|balance.yml:2: hello (expected: a block, such as http:)",
        "'http:\n  services: [ a\n'|balance.yml:3: not valid YAML, column 1: while parsing a flow"
            + " sequence, expected ',' or ']', but got <stream end>",
        "'http:\n\tservices: {}\n'|balance.yml:2: not valid YAML, column 1: while scanning for the"
            + " next token, found character '\\t(TAB)' that cannot start any token. (Do not use"
            + " \\t(TAB) for indentation)",
        "'http: {}\nhttp: {}\n'|balance.yml:2 http: given twice (first on line 1)",
        "'http: {}\nHTTP: {}\n'|balance.yml:2 http: given twice (expected: once; case does not"
            + " matter)",
        "'http: *x\n'|balance.yml:1: *x (expected: an anchor that stands complete before it)",
        "'http: &x { services: *x }\n'|balance.yml:1: *x (expected: an anchor that stands complete"
            + " before it)",
        "'? [ a ]\n: b\n'|balance.yml:1: a list, block or alias as a key (expected: text)",
        "'http:\n  <<: 3\n'|balance.yml:2: << (expected: a block, or a list of blocks)",
        "'http:\n  # {{ range until 3 }}\n'|balance.yml:2: {{: Go templates are not supported"
            + " (expected: plain YAML; ${env:NAME} is filled in)",
      })
  void file_thatIsBroken_isOneProblemWithItsLine(String text, String problem) {
    Loads loads = Loads.bytes(folder, text.getBytes(UTF_8));

    assertThat(loads.lines()).containsExactly(problem);
    assertThat(loads.load().isUsable()).isFalse();
  }

  @Test
  void file_inAnotherEncoding_isOneProblemWithItsLine() {
    byte[] latin = "http:\n  # caf\u00e9\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(Loads.bytes(folder, latin).lines())
        .containsExactly("balance.yml:2: not UTF-8 (expected: YAML as UTF-8 text)");
  }

  @Test
  void file_withAControlCharacter_isOneProblemWithItsLine() {
    assertThat(Loads.bytes(folder, "http:\n  a: \u0001\n".getBytes(UTF_8)).lines())
        .containsExactly("balance.yml:2: character U+0001 (expected: text)");
  }

  @Test
  void file_thatIsHuge_isOneProblem() {
    byte[] huge = new byte[(4 << 20) + 1];
    Arrays.fill(huge, (byte) '#');

    assertThat(Loads.bytes(folder, huge).lines())
        .containsExactly("balance.yml: too large (expected: at most 4194304 bytes)");
  }

  @Test
  void aliases_thatMultiply_areOneProblemAndNotAllTheMemory() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String below = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [" + (below + ", ").repeat(9) + below + "]\n");
    }

    assertThat(Loads.bytes(folder, laughs.toString().getBytes(UTF_8)).lines())
        .containsExactly(
            "balance.yml:6: too large (expected: at most 500000 values, aliases counted)");
  }

  @Test
  void blocks_thatNestWithoutEnd_areOneProblem() {
    assertThat(Loads.bytes(folder, ("a: " + "[".repeat(100_000)).getBytes(UTF_8)).lines())
        .containsExactly("balance.yml:1: nested too deeply (expected: at most 50 levels)");
  }

  @Test
  void file_withByteOrderMarkAnchorsAndMergeKeys_isRead() {
    Loads loads =
        Loads.file(
            folder,
            "\ufeff---",
            "base: &base",
            "  healthCheck: { path: /health }",
            "  passHostHeader: false",
            "http:",
            "  services:",
            "    orders:",
            "      loadBalancer:",
            "        passHostHeader: true",
            "        <<: *base",
            "        servers: [ { url: 'http://a' } ]");

    assertThat(loads.service().passHostHeader()).isTrue();
    assertThat(loads.service().healthCheck().path()).isEqualTo("/health");
  }

  @Test
  void secondDocument_isNotReadAndNoted() {
    Loads loads =
        Loads.file(
            folder,
            "http: { services: { orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } } } }",
            "---",
            "http: 3");

    assertThat(loads.lines())
        .containsExactly("balance.yml:2: a second YAML document: not read, as in Traefik");
    assertThat(loads.load().spec().services()).hasSize(1);
  }

  @Property(tries = 500)
  void arbitraryBytes_areAConfigurationOrProblems(@ForAll byte @Size(max = 200) [] bytes)
      throws Exception {
    Loads.orSaysWhy(".yml", bytes);
  }

  @Property(tries = 1000)
  void arbitraryYaml_isAConfigurationOrProblems(@ForAll("fragments") List<String> fragments)
      throws Exception {
    Loads.orSaysWhy(".yml", String.join("", fragments).getBytes(UTF_8));
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    String words =
        "http services orders loadBalancer servers url weight sticky cookie healthCheck path"
            + " headers interval evenkeel log.level : ?_ -_ :_ { } [ ] , &a_ *a <<:_ !!str_ !x_ % |"
            + " > ' \" # ${env: ${sys:x} } ~ true 1 -2 1.5 http://a 10s --- ... @ ` \\";
    List<String> all = new ArrayList<>(List.of(words.replace('_', ' ').split(" ")));
    all.addAll(List.of("\n", "\n", "\n  ", "\n    ", "\n      ", " ", ": ", "- ", "\t", "\u00e9"));
    return Arbitraries.of(all).list().ofMaxSize(60);
  }
}
