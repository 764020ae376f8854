package dev.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTableTest {
  private final HostTable<String> table =
      new HostTable<>(Map.of("orders", "o", "Users.Example.com", "u", "::1", "six"));

  @ParameterizedTest
  @ValueSource(strings = {"orders", "Orders", "ORDERS.", "[orders]"})
  void get_hostInAnotherForm_isFound(String host) {
    assertThat(table.get(host)).isEqualTo("o");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.example.com", "Users.Example.com", "USERS.example.COM."})
  void get_nameConfiguredInUpperCase_isFound(String host) {
    assertThat(table.get(host)).isEqualTo("u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void get_ipv6Literal_isFoundWithAndWithoutBrackets(String host) {
    assertThat(table.get(host)).isEqualTo("six");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "[", "[]", "]", "order", "orders..", "orders.example", "[orders"})
  void get_anotherHost_isNotFound(String host) {
    assertThat(table.get(host)).isNull();
  }

  @Test
  void get_emptyTable_findsNothing() {
    assertThat(new HostTable<>(Map.of()).get("orders")).isNull();
  }

  @Test
  void get_tenThousandNames_findsEach() {
    Map<String, Integer> entries = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      entries.put("service" + i, i);
    }

    HostTable<Integer> large = new HostTable<>(entries);

    entries.forEach((name, value) -> assertThat(large.get(name)).isEqualTo(value));
    assertThat(large.get("service10000")).isNull();
  }

  @Property(tries = 300)
  void get_anyStrings_agreesWithANaiveMap(
      @ForAll @AlphaChars @Chars({'.', '[', ']'}) @StringLength(max = 4) String name,
      @ForAll @AlphaChars @Chars({'.', '[', ']'}) @StringLength(max = 4) String host) {
    HostTable<String> one = new HostTable<>(Map.of(name, "found"));

    assertThat(one.get(host) != null).isEqualTo(naive(name).equals(naive(host)));
    assertThat(one.get(name)).isEqualTo("found");
  }

  private static String naive(String host) {
    String lower = host.toLowerCase(java.util.Locale.ROOT);
    if (lower.matches("\\[.+]")) {
      return lower.substring(1, lower.length() - 1);
    }
    return lower.matches(".+\\.") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
