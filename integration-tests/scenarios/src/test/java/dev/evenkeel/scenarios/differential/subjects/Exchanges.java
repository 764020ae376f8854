package dev.evenkeel.scenarios.differential.subjects;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The fixed list of exchanges. Not thread-safe; one per use. */
public final class Exchanges {
  private static final int LARGE = 200_000;
  private static final int LARGE_HEADER = 5_000;
  static final Answer HELLO = Answer.ok("hello", "Content-Type: text/plain");

  private final List<Exchange> all = new ArrayList<>();

  private Exchanges() {}

  /** All exchanges, in their order. */
  public static List<Exchange> all(Sites sites) {
    Exchanges exchanges = new Exchanges();
    exchanges.addMethods();
    exchanges.addTargets();
    exchanges.addHeaders();
    exchanges.addRequestBodies();
    exchanges.addAnswers();
    exchanges.addBrokenAnswers();
    exchanges.addStatuses();
    new LaterExchanges(exchanges, sites).add();
    new SocketExchanges(exchanges, sites).add();
    return List.copyOf(exchanges.all);
  }

  void add(String id, Answer answer, Call... calls) {
    add(id, request -> answer, calls);
  }

  void add(String id, Function<Request, Answer> answers, Call... calls) {
    all.add(new Exchange(id, List.of(calls), answers));
  }

  private void addMethods() {
    Answer head = Answer.bodiless("200 OK", "Content-Length: 12");
    add("get", HELLO, Call.get(""));
    add("head", Answer.bodiless("200 OK"), Call.of("HEAD", ""));
    add(
        "head-length",
        request -> request.method().equals("HEAD") ? head : HELLO,
        Call.of("HEAD", ""),
        Call.get(""));
    add("options", Answer.status("200 OK", "Allow: GET, PUT"), Call.of("OPTIONS", ""));
    add("delete", HELLO, Call.of("DELETE", ""));
    add("delete-body", HELLO, Call.of("DELETE", "").fixed("why"));
    add("put", HELLO, Call.of("PUT", "").fixed("new"));
    add("patch", HELLO, Call.of("PATCH", "").fixed("change"));
    add("custom", HELLO, Call.of("PURGE", ""));
    add("custom-body", HELLO, Call.of("REPORT", "").fixed("question"));
    add("trace", HELLO, Call.of("TRACE", ""));
  }

  private void addTargets() {
    add("root", HELLO, Call.atRoot(""), Call.atRoot("/"));
    add("root-query", HELLO, Call.atRoot("?x=1"));
    add("query-empty", HELLO, Call.get("?"), Call.get("/?"));
    add("encoded", HELLO, Call.get("/a%20b/%C3%A4/%2F%2f/%7e/%41?q=%20%2b%C3%A4"));
    add("semicolon", HELLO, Call.get("/a;v=1;w/b?c=1;d=2"));
    add("plus", HELLO, Call.get("/a+b?c=d+e&f=%2B"));
    add("query-odd", HELLO, Call.get("?a=&b&&=c&d==e&f=%26%3D"), Call.get("?u=http://x/y?z"));
    add("dots", HELLO, Call.get("/a//b/./c"), Call.get("/a/../b"), Call.get("//"));
    add("marks", HELLO, Call.get("/a:b@c!$&'()*,=~_-.?/:@!$'()*,"));
    add("fragment", HELLO, Call.get("/page#part"));
  }

  private void addHeaders() {
    Call odd = Call.get("").header("X-Twice: 1").header("X-Twice: 2").header("X-Empty: ");
    add("headers", HELLO, odd.header("X_Under: _").header("x-lower: l").header("Accept: a/b,c/d"));
    add(
        "headers-large",
        Answer.ok("hello", "X-Large: " + "r".repeat(LARGE_HEADER)),
        Call.get("").header("X-Large: " + "q".repeat(LARGE_HEADER)));
    add("agent", HELLO, Call.get("").header("User-Agent: own/1"));
    add("host", HELLO, Call.get("").header("Host: named.test"));
    add("forwarded", HELLO, Call.get("").header("X-Forwarded-For: 1.2.3.4").header("Via: 1.1 x"));
    add("authorization", HELLO, Call.get("").header("Authorization: Bearer token"));
    add("encoding-own", Answer.gzip("hello"), Call.get("").header("Accept-Encoding: gzip"));
    add(
        "range",
        Answer.text("206 Partial Content", "ell", "Content-Range: bytes 1-3/5"),
        Call.get("").header("Range: bytes=1-3"));
  }

  private void addRequestBodies() {
    add("post", HELLO, Call.post("", "a body").header("Content-Type: text/plain"));
    add("post-empty", HELLO, Call.post("", ""));
    add("post-chunked", HELLO, Call.of("POST", "").chunked("a body in chunks"));
    add("post-large", HELLO, Call.post("", "x".repeat(LARGE)));
    add("post-large-chunked", HELLO, Call.of("POST", "").chunked("x".repeat(LARGE)));
    Call expecting = Call.post("", "a body").header("Expect: 100-continue");
    add("continue", HELLO, expecting, Call.get(""));
    add(
        "continue-refused",
        Answer.status("403 Forbidden", "Connection: close").early().last(),
        expecting);
    add(
        "continue-failed",
        Answer.status("417 Expectation Failed", "Connection: close").early().last(),
        expecting);
    add(
        "early",
        Answer.text("413 Too Large", "no", "Connection: close").early().last(),
        Call.post("", "a body"));
  }

  private void addAnswers() {
    add("chunked", Answer.chunked(List.of("a b", "ody"), List.of()), Call.get(""), Call.get(""));
    add(
        "trailers",
        Answer.chunked(List.of("body"), List.of("X-Sum: 42"), "Trailer: X-Sum"),
        Call.get("").header("TE: trailers"),
        Call.get(""));
    add("gzip", Answer.gzip("a text that was compressed"), Call.get(""), Call.get(""));
    add("large", Answer.ok("y".repeat(LARGE)), Call.get(""));
    add("empty", Answer.status("200 OK", "X-Empty: "), Call.get(""));
    add(
        "repeated",
        Answer.ok(
            "x",
            "X-Twice: 1",
            "x-twice: 2",
            "X-CASE: c",
            "Server: s/1",
            "Date: Thu, 01 Jan 1970 00:00:00 GMT",
            "X-List: a, b"),
        Call.get(""));
    add(
        "without-length",
        Answer.raw(Answer.head("200 OK", List.of()) + "to the end").last(),
        Call.get(""),
        Call.get(""));
    add(
        "http-one-zero",
        Answer.raw("HTTP/1.0 200 OK\r\nX-Old: 1\r\n\r\nold").last(),
        Call.get(""),
        Call.get(""));
    // In the words of HAProxy: HttpURLConnection before 25 takes the first of both answers for the
    // last, and the second for its body, up to the end of the connection.
    add(
        "hints",
        Answer.raw(
                "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello")
            .last(),
        Call.get("").header("Connection: close"));
  }

  private void addBrokenAnswers() {
    Answer cut = Answer.raw(Answer.head("200 OK", List.of(), "Content-Length: 1000") + "x");
    add("cut", cut.last(), Call.get(""), Call.get(""));
    add("cut-post", cut.last(), Call.post("", "a body"));
    add(
        "cut-chunked",
        Answer.raw(
                Answer.head("200 OK", List.of(), "Transfer-Encoding: chunked") + "5\r\nhello\r\n")
            .last(),
        Call.get(""));
    add("cut-head", Answer.raw("HTTP/1.1 200 OK\r\nX-Half: ").last(), Call.get(""));
    add("dropped", Answer.raw("").last(), Call.get(""));
    add("dropped-post", Answer.raw("").last(), Call.post("", "a body"));
    add("nonsense", Answer.raw("nonsense\r\n\r\n").last(), Call.get(""));
  }

  private void addStatuses() {
    add("no-content", Answer.bodiless("204 No Content"), Call.get(""), Call.get(""));
    add("reset-content", Answer.status("205 Reset Content"), Call.get(""));
    add(
        "not-modified",
        Answer.bodiless("304 Not Modified", "ETag: \"1\""),
        Call.get("").header("If-None-Match: \"1\""),
        Call.get(""));
    add("created", Answer.status("201 Created", "Location: /elsewhere"), Call.post("", "new"));
    add("not-found", Answer.text("404 Not Found", "no such page"), Call.get(""), Call.get(""));
    add("failed", Answer.text("500 Failed", "oops"), Call.get(""), Call.post("", "a body"));
    add("unavailable", Answer.text("503 Busy", "wait", "Retry-After: 0"), Call.get(""));
    add("own-status", Answer.text("299 Own Words", "x"), Call.get(""));
    add("own-reason", Answer.text("404 ", "x"), Call.get(""));
  }
}
