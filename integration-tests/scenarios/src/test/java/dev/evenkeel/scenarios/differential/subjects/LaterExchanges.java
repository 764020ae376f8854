package dev.evenkeel.scenarios.differential.subjects;

import static dev.evenkeel.scenarios.differential.subjects.Exchanges.HELLO;

import java.util.function.Function;

/**
 * The exchanges of several calls, of which one bears on the next: by its connection, by a redirect,
 * or by what the client keeps. Not thread-safe; one per use.
 */
final class LaterExchanges {
  private final Exchanges exchanges;
  private final Sites sites;

  LaterExchanges(Exchanges exchanges, Sites sites) {
    this.exchanges = exchanges;
    this.sites = sites;
  }

  void add() {
    addConnections();
    addRedirects();
    addCookies();
    addAuthentication();
    addCached();
  }

  private void add(String id, Answer answer, Call... calls) {
    exchanges.add(id, answer, calls);
  }

  private void add(String id, Function<Request, Answer> answers, Call... calls) {
    exchanges.add(id, answers, calls);
  }

  private void addConnections() {
    add("kept", HELLO, Call.get("/1"), Call.post("/2", "a body"), Call.get("/3"));
    add("closed", Answer.ok("bye", "Connection: close").last(), Call.get("/1"), Call.get("/2"));
    add("closing", HELLO, Call.get("/1").header("Connection: close"), Call.get("/2"));
    add(
        "kept-alive",
        Answer.ok("x", "Keep-Alive: timeout=5, max=100", "Connection: keep-alive"),
        Call.get("/1"),
        Call.get("/2"));
  }

  private void addRedirects() {
    redirect("relative", "302 Found", request -> "there?x=%20y", Call.get("/here"));
    redirect("rooted", "301 Moved", request -> request.path() + "/there", Call.get("/here"));
    redirect("absolute", "302 Found", this::there, Call.get("/here"));
    redirect("fragment", "302 Found", request -> sites.at(request) + "/there#f", Call.get("/here"));
    redirect(
        "other",
        "302 Found",
        request -> sites.otherUrl() + request.path() + "/there",
        Call.get("/here"));
    redirect("post", "302 Found", this::there, Call.post("/here", "b"));
    redirect("see-other", "303 See", this::there, Call.post("/here", "b"));
    redirect("same-method", "307 Again", this::there, Call.post("/here", "b"));
    redirect("same-chunked", "308 Again", this::there, Call.of("PUT", "/here").chunked("b"));
    redirect("head", "302 Found", this::there, Call.of("HEAD", "/here"));
    add(
        "redirect-loop",
        request -> Answer.status("302 Found", "Location: " + sites.at(request)),
        Call.get(""));
    add("redirect-nowhere", Answer.status("302 Found"), Call.get(""));
    add("redirect-back", this::thereAndBack, Call.get("/here"));
  }

  private void redirect(String id, String status, Function<Request, String> to, Call call) {
    add(
        "redirect-" + id,
        request ->
            request.target().contains("/there")
                ? request.method().equals("HEAD") ? Answer.bodiless("200 OK") : HELLO
                : Answer.status(status, "Location: " + to.apply(request)),
        call);
  }

  private Answer thereAndBack(Request request) {
    if (request.endsWith("/back")) {
      return HELLO;
    }
    String host = request.endsWith("/there") ? sites.shopUrl() : sites.otherUrl();
    String path = request.path() + (request.endsWith("/there") ? "/back" : "/there");
    return Answer.status("302 Found", "Location: " + host + path, "Set-Cookie: s=1; Path=/");
  }

  /** A place below the request's exchange. */
  private String there(Request request) {
    return sites.at(request) + "/there";
  }

  private void addCookies() {
    add(
        "cookies",
        request ->
            request.has("Cookie")
                ? HELLO
                : Answer.ok("set", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2"),
        Call.get("/x/1"),
        Call.get("/x/2"),
        Call.get("/y"),
        Call.atRoot("/"));
    add(
        "cookies-domain",
        request ->
            request.has("Cookie")
                ? HELLO
                : Answer.ok(
                    "set",
                    "Set-Cookie: d=1; Domain=" + sites.wire().host() + "; Path=/; HttpOnly",
                    "Set-Cookie: e=1; Domain=else.test; Path=/",
                    "Set-Cookie: f=1; Secure; Path=/"),
        Call.get("/1"),
        Call.get("/2"));
    add(
        "cookies-redirect",
        request ->
            request.endsWith("/there")
                ? HELLO
                : Answer.status("302 Found", "Location: there", "Set-Cookie: r=1; Path=/"),
        Call.get("/here"));
  }

  private void addAuthentication() {
    String asked = "WWW-Authenticate: Basic realm=\"books\"";
    add(
        "authenticated",
        request ->
            request.has("Authorization") ? HELLO : Answer.text("401 Unauthorized", "who?", asked),
        Call.get(""),
        Call.get("/again"),
        Call.post("/post", "a body"));
    add("unauthorized", Answer.text("401 Unauthorized", "not you", asked), Call.get(""));
  }

  private void addCached() {
    add("cached", Answer.ok("kept", "Cache-Control: max-age=1000"), Call.get(""), Call.get(""));
    add(
        "revalidated",
        request ->
            request.has("If-None-Match")
                ? Answer.bodiless("304 Not Modified", "ETag: \"1\"")
                : Answer.ok("kept", "ETag: \"1\"", "Cache-Control: no-cache"),
        Call.get(""),
        Call.get(""));
    add(
        "varied",
        Answer.ok("kept", "Cache-Control: max-age=1000", "Vary: X-Kind"),
        Call.get("").header("X-Kind: a"),
        Call.get("").header("X-Kind: b"),
        Call.get("").header("X-Kind: a"));
  }
}
