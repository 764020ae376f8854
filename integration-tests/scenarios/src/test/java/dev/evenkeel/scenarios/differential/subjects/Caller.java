package dev.evenkeel.scenarios.differential.subjects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The application: makes every exchange with every client, each exchange with a client of its own,
 * and prints {@code ready}, then what it saw as {@code <client>/<exchange> <line>}, and on standard
 * error {@code done <client>/<exchange>} after each.
 */
public final class Caller {
  /** Also the order in which they make their calls. */
  private static final Map<String, Subject.Factory> SUBJECTS = new LinkedHashMap<>();

  static {
    SUBJECTS.put("okhttp", OkHttpSubject::new);
    SUBJECTS.put("httpclient5", (seen, wire) -> HttpClient5Subject.full(seen));
    SUBJECTS.put("httpclient5-minimal", (seen, wire) -> HttpClient5Subject.minimal(seen));
    SUBJECTS.put("httpclient5-async", HttpClient5AsyncSubject::full);
    SUBJECTS.put("httpclient5-async-minimal", HttpClient5AsyncSubject::minimal);
    SUBJECTS.put("httpclient4", (seen, wire) -> new HttpClient4Subject(seen));
    SUBJECTS.put("httpasyncclient4", (seen, wire) -> new HttpAsyncClient4Subject(seen));
    SUBJECTS.put("jdk-httpclient", (seen, wire) -> new JdkSubject(seen));
    SUBJECTS.put("url-connection", (seen, wire) -> new UrlConnectionSubject(seen));
    SUBJECTS.put("url-connection-steps", (seen, wire) -> new UrlConnectionStepsSubject(seen));
  }

  private Caller() {}

  /** The names of all exchanges, in their order. */
  public static List<String> keys(List<Sites> sites) {
    List<String> keys = new ArrayList<>();
    sites.forEach(each -> forEach(each, (key, exchange, factory) -> keys.add(key)));
    return keys;
  }

  public static void main(String[] sites) {
    System.out.println("ready");
    for (String each : sites) {
      Sites known = Sites.parse(each);
      forEach(
          known,
          (key, exchange, factory) -> {
            StringBuilder all = new StringBuilder();
            make(exchange, factory, known, key)
                .forEach(line -> all.append(key).append(' ').append(escaped(line)).append('\n'));
            System.out.print(all);
            // Not among all the lines, which nobody could look through for each.
            System.err.println("done " + key);
          });
    }
    System.exit(0);
  }

  private static void forEach(Sites sites, Visitor visitor) {
    List<Exchange> exchanges = Exchanges.all(sites);
    SUBJECTS.forEach(
        (subject, factory) ->
            exchanges.stream()
                .filter(exchange -> sites.wire().carries(subject, exchange.id()))
                .forEach(
                    exchange ->
                        visitor.visit(
                            sites.wire().named(subject) + "/" + exchange.id(), exchange, factory)));
  }

  private static List<String> make(
      Exchange exchange, Subject.Factory factory, Sites sites, String key) {
    Seen seen = new Seen();
    try (Subject subject = factory.open(seen, sites.wire())) {
      for (Call call : exchange.calls()) {
        seen.add("call " + (call.moves() == null ? call.method() : "WebSocket"));
        try {
          subject.call(call, call.url(sites, key), call.fields(key));
        } catch (Exception e) {
          seen.failed(e);
        }
      }
    } catch (Exception e) {
      seen.failed(e);
    }
    return seen.lines();
  }

  /** One line of ASCII. */
  private static String escaped(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        line.append(c);
      } else {
        line.append("\\u%04x".formatted((int) c));
      }
    }
    return line.toString();
  }

  /** Is shown every exchange with every client that makes it. */
  @FunctionalInterface
  private interface Visitor {
    void visit(String key, Exchange exchange, Subject.Factory factory);
  }
}
