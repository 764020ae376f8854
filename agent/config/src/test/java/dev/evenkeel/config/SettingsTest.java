package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void option_nowhereGiven_hasItsDeclaredDefault() {
    Settings settings = Settings.of(null, Map.of(), Map.of());

    assertThat(settings.get("log.level")).isNull();
    assertThat(settings.getOrDefault("log.level")).isEqualTo("info");
    assertThat(settings.getOrDefault("log.maxSize")).isEqualTo("10485760");
    assertThat(settings.getOrDefault("log.files")).isEqualTo("3");
    assertThat(settings.getOrDefault("log.file")).isNull();
    assertThat(settings.getOrDefault("adapters.okhttp.enabled")).isEqualTo("true");
    assertThat(settings.isEnabled("enabled")).isTrue();
  }

  @Test
  void option_notDeclared_hasNoDefaultToAskFor() {
    Settings settings = Settings.of(null, Map.of(), Map.of());

    assertThatThrownBy(() -> settings.getOrDefault("log.levle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log.levle (expected: a declared option)");
  }

  @Test
  void source_ofFileOrServices_isNamedForPeople() {
    Map<String, String> file = Map.of("evenkeel.config", "balance.yml");
    Map<String, String> variable = Map.of("EVENKEEL_SERVICES_ORDERS", "http://127.0.0.1:1");

    assertThat(Settings.of(null, Map.of(), Map.of()).source()).isEmpty();
    assertThat(Settings.of(null, file, Map.of()).source()).isEqualTo("balance.yml");
    assertThat(Settings.of(null, Map.of(), variable).source()).isEqualTo("properties");
    assertThat(Settings.of("config=", file, variable).source()).isEqualTo("properties");
    assertThat(Settings.of("config=", file, Map.of()).source()).isEmpty();
    assertThat(Settings.of("services.orders=http://a", file, Map.of()).source())
        .isEqualTo("balance.yml and properties");
    Settings ofAFile =
        Loads.file(
                folder,
                "http: { services: { orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } } } }",
                "evenkeel: { services: { orders: { slowStart: 1s } } }")
            .load()
            .settings();
    assertThat(ofAFile.source()).isEqualTo(ofAFile.file());
  }

  @Test
  void precedence_overFiveLevels_takesTheHighestThatGives() {
    Loads without = Loads.file(folder, "evenkeel: { enabled: true }");

    assertThat(without.load().settings().getOrDefault("log.level")).isEqualTo("info");
    Loads loads = Loads.file(folder, "evenkeel: { log: { level: error } }");
    assertThat(loads.load().settings().getOrDefault("log.level")).isEqualTo("error");
    loads.environment("EVENKEEL_LOG_LEVEL", "warn");
    assertThat(loads.load().settings().getOrDefault("log.level")).isEqualTo("warn");
    loads.property("log.level", "info");
    assertThat(loads.load().settings().getOrDefault("log.level")).isEqualTo("info");
    loads.arguments("log.level=debug");
    assertThat(loads.load().settings().getOrDefault("log.level")).isEqualTo("debug");
  }

  @Test
  void environment_ofADottedAndDashedKey_isUpperCaseWithUnderscores() {
    Settings settings =
        Settings.of(null, Map.of(), Map.of("EVENKEEL_ADAPTERS_JDK_HTTPCLIENT_ENABLED", "False"));

    assertThat(settings.isEnabled("adapters.jdk-httpclient.enabled")).isFalse();
  }

  @Test
  void arguments_withCommasInAValue_keepTheValueWhole() {
    Settings settings =
        Settings.of(
            "config=a,b.yml,services.orders=3*http://a:1/?x=1,http://b:2?y=2, log.level=debug",
            Map.of(),
            Map.of());

    assertThat(settings.get("config")).isEqualTo("a,b.yml");
    assertThat(settings.get("services.orders")).isEqualTo("3*http://a:1/?x=1,http://b:2?y=2");
    assertThat(settings.get("log.level")).isEqualTo("debug");
  }

  @Test
  void arguments_withIndices_areKeys() {
    String key = "http.services.orders.loadBalancer.servers[0].url";

    Settings settings = Settings.of("enabled=true," + key + "=http://a:1", Map.of(), Map.of());

    assertThat(settings.get(key)).isEqualTo("http://a:1");
  }

  @Test
  void arguments_withoutAKey_areReported() {
    assertThat(Loads.nothing().arguments("balance.yml,services.orders=http://a:1").lines())
        .containsExactly("agent argument: balance.yml (expected: key=value)");
  }

  @Test
  void startingWith_overSources_keepsThePrefixAndThePrecedence() {
    Settings settings =
        Settings.of(
            "adapters.okhttp.enabled=true",
            Map.of(
                "evenkeel.adapters.okhttp.enabled", "false",
                "evenkeel.adapters.httpclient5.enabled", "false",
                "other.adapters.x.enabled", "false"),
            Map.of());

    assertThat(settings.startingWith("adapters."))
        .isEqualTo(
            Map.of("adapters.okhttp.enabled", "true", "adapters.httpclient5.enabled", "false"));
  }

  @Test
  void unknownOption_fromPropertyOrArgument_isNotedWithTheNearest() {
    Loads loads =
        Loads.nothing()
            .property("confg", "x.yml")
            .arguments("services.orders=http://a:1,log.levle=debug")
            .environment("EVENKEEL_PORT", "tcp://10.0.0.1:80");

    assertThat(loads.lines())
        .containsExactly(
            "evenkeel.confg: unknown option (did you mean: config?)",
            "agent argument log.levle: unknown option (did you mean: log.level?)");
    assertThat(loads.load().isUsable()).isTrue();
  }

  @Test
  void knownOption_withABadValue_isAProblemNamingItsSource() {
    Loads loads =
        Loads.nothing()
            .property("services.orders", "http://a:1")
            .property("log.level", "verbose")
            .arguments("adapters.okhttp.enabled=flase")
            .environment("EVENKEEL_ADAPTERS_JDK_HTTPCLIENT_ENABLED", "nope")
            .environment("EVENKEEL_LOG_FILES", "-1");

    assertThat(loads.lines())
        .containsExactly(
            "EVENKEEL_ADAPTERS_JDK_HTTPCLIENT_ENABLED adapters.jdk-httpclient.enabled: nope (expected:"
                + " true or false)",
            "EVENKEEL_LOG_FILES log.files: -1 (expected: integer 0..1000)",
            "evenkeel.log.level: verbose (expected: error, warn, info or debug)",
            "agent argument adapters.okhttp.enabled: flase (expected: true or false)");
    assertThat(loads.load().isUsable()).isFalse();
  }

  @Test
  void adapter_thatThereIsNot_isSaidWhereverItIsGiven() {
    Loads loads =
        Loads.file(folder, "evenkeel:", "  adapters: { okhtp: { enabled: false } }")
            .property("adapters.httpclient.enabled", "false");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:2 evenkeel.adapters.okhtp: unknown key (did you mean: okhttp?)",
            "evenkeel.adapters.httpclient.enabled: unknown option (did you mean:"
                + " adapters.httpclient5.enabled?)");
  }

  @Test
  void blockOfOurs_whoseLastOptionIsCommentedOut_saysNothing() {
    Loads loads =
        Loads.file(
            folder,
            "http: { services: { orders: { loadBalancer: { servers: [ { url: 'http://a' } ] } } } }",
            "evenkeel:",
            "  services:",
            "    orders:",
            "      fenced:",
            "      # - http://a");

    assertThat(loads.lines()).isEmpty();
    assertThat(loads.load().isUsable()).isTrue();
  }

  @Test
  void section_thatIsNoBlock_isRefused() {
    assertThat(Loads.file(folder, "evenkeel: x").lines())
        .containsExactly(
            "balance.yml:1 evenkeel: x (expected: block with config, enabled, adapters, log,"
                + " services)");
  }

  @Test
  void fileSection_nestedDottedAndInAnyCase_givesOptions() {
    Settings settings =
        Loads.file(
                folder,
                "evenkeel:",
                "  LOG: { level: debug }",
                "  log.maxSize: 1000",
                "  adapters: { okhttp: { enabled: false } }",
                "  adapters.httpclient5.enabled: false")
            .load()
            .settings();

    assertThat(settings.get("log.level")).isEqualTo("debug");
    assertThat(settings.get("log.maxSize")).isEqualTo("1000");
    assertThat(settings.isEnabled("adapters.okhttp.enabled")).isFalse();
    assertThat(settings.isEnabled("adapters.httpclient5.enabled")).isFalse();
  }

  /** Premain would take {@code 0} for true: better refused than half understood. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "f", "no", ""})
  void flag_inAnotherSpelling_isRefused(String value) {
    Loads loads =
        Loads.nothing().property("services.orders", "http://a").property("enabled", value);

    assertThat(loads.load().isUsable()).isFalse();
    assertThat(loads.lines())
        .containsExactly(
            "evenkeel.enabled: "
                + (value.isEmpty() ? "\"\"" : value)
                + " (expected: true or false)");
  }

  @Test
  void fileSection_withBadKeysAndValues_isRefused() {
    Loads loads =
        Loads.file(
            folder,
            "evenkeel:",
            "  config: other.yml",
            "  log.levle: debug",
            "  log: { files: many }",
            "  services:",
            "    orders:",
            "      sticky: { ttl: 30s }",
            "      slowStrat: 30s");

    assertThat(loads.lines())
        .containsExactly(
            "balance.yml:2 evenkeel.config: has no effect in the file itself",
            "balance.yml:3 evenkeel.log.levle: unknown key (did you mean: level?)",
            "balance.yml:4 evenkeel.log.files: many (expected: integer 0..1000)",
            "balance.yml:6 evenkeel.services.orders: no such service (there is none)",
            "balance.yml:7 evenkeel.services.orders.sticky: neither key nor learn (expected: one of"
                + " them)",
            "balance.yml:8 evenkeel.services.orders.slowStrat: unknown key (did you mean:"
                + " slowStart?)");
  }
}
