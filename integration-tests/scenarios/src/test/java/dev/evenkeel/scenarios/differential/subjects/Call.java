package dev.evenkeel.scenarios.differential.subjects;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call as the application writes it. Immutable.
 *
 * @param method as sent
 * @param target what follows the exchange's own path: more path, a query, or nothing
 * @param isAtRoot whether the target follows the authority at once
 * @param headers as {@code Name: value}
 * @param body null for none
 * @param isChunked whether the body's length is not told
 * @param moves what is done with the WebSocket that the call opens; null if it opens none
 */
public record Call(
    String method,
    String target,
    boolean isAtRoot,
    List<String> headers,
    @Nullable String body,
    boolean isChunked,
    @Nullable List<Move> moves) {
  /** Tells the server the exchange of a call whose path does not. */
  public static final String EXCHANGE_HEADER = "X-Exchange";

  public Call {
    headers = List.copyOf(headers);
    moves = moves == null ? null : List.copyOf(moves);
  }

  static Call get(String target) {
    return of("GET", target);
  }

  static Call of(String method, String target) {
    return new Call(method, target, false, List.of(), null, false, null);
  }

  static Call atRoot(String target) {
    return new Call("GET", target, true, List.of(), null, false, null);
  }

  /** Opens a WebSocket. */
  static Call socket(String target, Move... moves) {
    return new Call("GET", target, false, List.of(), null, false, List.of(moves));
  }

  static Call post(String target, String body) {
    return of("POST", target).fixed(body);
  }

  Call header(String line) {
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new Call(method, target, isAtRoot, more, body, isChunked, moves);
  }

  Call fixed(String text) {
    return new Call(method, target, isAtRoot, headers, text, false, moves);
  }

  Call chunked(String text) {
    return new Call(method, target, isAtRoot, headers, text, true, moves);
  }

  /** The body, which is there. */
  byte[] bytes() {
    if (body == null) {
      throw new IllegalStateException("no body: " + this);
    }
    return body.getBytes(StandardCharsets.UTF_8);
  }

  String url(Sites sites, String key) {
    String site = sites.shopUrl();
    String origin = moves == null ? site : site.replaceFirst("http", "ws");
    return origin + (isAtRoot ? "" : "/" + key) + target;
  }

  /** The headers of a call of this exchange, each as name and value. */
  List<String[]> fields(String key) {
    List<String[]> fields = new ArrayList<>();
    headers.forEach(line -> fields.add(line.split(": ?", 2)));
    if (isAtRoot) {
      fields.add(new String[] {EXCHANGE_HEADER, key});
    }
    return fields;
  }
}
