package dev.evenkeel.scenarios.differential.subjects;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The application: makes every exchange with every client, each exchange with a client of its own,
 * and prints {@code ready}, then what it saw as {@code <client>/<exchange> <line>}, and {@code done
 * <client>/<exchange>} after each.
 */
public final class Caller {
  /** Also the order in which they make their calls. */
  private static final Map<String, Subject.Factory> SUBJECTS = new LinkedHashMap<>();

  static {
    SUBJECTS.put("okhttp", OkHttpSubject::new);
    SUBJECTS.put("httpclient5", HttpClient5Subject::new);
    SUBJECTS.put("httpclient5-async", HttpClient5AsyncSubject::new);
    SUBJECTS.put("httpclient4", HttpClient4Subject::new);
    SUBJECTS.put("jdk-httpclient", JdkSubject::new);
    SUBJECTS.put("url-connection", UrlConnectionSubject::new);
  }

  private Caller() {}

  public static List<String> subjects() {
    return List.copyOf(SUBJECTS.keySet());
  }

  public static void main(String[] ports) {
    Sites sites = new Sites(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    List<Exchange> exchanges = Exchanges.all(sites);
    System.out.println("ready");
    SUBJECTS.forEach(
        (name, factory) ->
            exchanges.forEach(
                exchange -> {
                  String key = name + "/" + exchange.id();
                  make(exchange, factory, sites, key)
                      .forEach(line -> System.out.println(key + " " + escaped(line)));
                  System.out.println("done " + key);
                }));
    System.exit(0);
  }

  private static List<String> make(
      Exchange exchange, Subject.Factory factory, Sites sites, String key) {
    Seen seen = new Seen();
    try (Subject subject = factory.open(seen)) {
      for (Call call : exchange.calls()) {
        seen.add("call " + call.method());
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
    StringBuilder line = new StringBuilder();
    text.chars()
        .forEach(c -> line.append(c >= ' ' && c < 0x7f ? (char) c : "\\u%04x".formatted(c)));
    return line.toString();
  }
}
