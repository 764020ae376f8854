package dev.evenkeel.testkit.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an application. Immutable, but for the stream of a one-shot body.
 *
 * @param method as it shall be sent
 * @param url as the application writes it
 * @param headers in order, names may repeat
 * @param body null for none
 */
public record Call(String method, String url, List<Header> headers, @Nullable Body body) {
  public Call {
    headers = List.copyOf(headers);
  }

  /** One header line. */
  public record Header(String name, String value) {}

  public static Call get(String url) {
    return of("GET", url);
  }

  public static Call post(String url, Body body) {
    return of("POST", url).with(body);
  }

  public static Call of(String method, String url) {
    return new Call(method, url, List.of(), null);
  }

  public Call with(Body newBody) {
    return new Call(method, url, headers, newBody);
  }

  public Call header(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Call(method, url, more, body);
  }
}
