package dev.evenkeel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Renders {@code agent/docs/configuration.md} from the declarations. Immutable. */
final class ReferencePage {
  private ReferencePage() {}

  /**
   * The whole page.
   *
   * @param badOutput what loading {@code bad.yml} says
   */
  static String render(List<String> badOutput) {
    return resource("configuration.md")
        .replace("@example@", resource("example.yml"))
        .replace("@agentOptions@", table(rows("", AgentOptions.ALL)))
        .replace("@serviceKeys@", table(rows("", HttpServiceKeys.SERVICE.options())))
        .replace("@transportKeys@", table(rows("", HttpTransportKeys.TRANSPORT.options())))
        .replace("@otherKeys@", table(otherRows()))
        .replace("@extraKeys@", table(rows("", extras())))
        .replace("@bad@", resource("bad.yml"))
        .replace("@badOutput@", String.join("\n", badOutput) + "\n");
  }

  static String resource(String name) {
    try (InputStream in = ReferencePage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static String table(List<String> rows) {
    return "| key | type | default | meaning |\n| --- | --- | --- | --- |\n"
        + String.join("\n", rows);
  }

  private static List<String> rows(String prefix, List<Option> options) {
    List<String> rows = new ArrayList<>();
    for (Option option : options) {
      String path = prefix + option.name();
      rows.add(row(path, option));
      if (option.support().isFull() && option.kind() instanceof Group group) {
        rows.addAll(rows(path + ".", group.options()));
      } else if (option.kind() instanceof ListOf list && list.item() instanceof Group item) {
        rows.addAll(rows(path + "[].", item.options()));
      }
    }
    return rows;
  }

  private static List<String> otherRows() {
    List<String> rows = new ArrayList<>();
    Group http = (Group) Schema.ROOT.child("http");
    for (Option option : http.options()) {
      if (!option.support().isFull()) {
        rows.add(row("http." + option.name(), option));
      }
    }
    StreamKeys.TOP_LEVEL.forEach(option -> rows.add(row(option.name(), option)));
    return rows;
  }

  private static String row(String path, Option option) {
    String fallback = option.fallback() == null ? "" : code(option.fallback());
    return "| `%s` | %s | %s | %s%s |"
        .formatted(path, option.kind().label(), fallback, option.description(), support(option));
  }

  private static String code(String fallback) {
    return fallback.isEmpty() ? "empty" : "`" + fallback + "`";
  }

  private static String support(Option option) {
    Support support = option.support();
    return support.isFull() ? "" : " **Without effect**: " + support.note() + ".";
  }

  private static List<Option> extras() {
    MapOf services = (MapOf) AgentOptions.FileSection.GROUP.child("services");
    return ((Group) services.entry()).options();
  }
}
