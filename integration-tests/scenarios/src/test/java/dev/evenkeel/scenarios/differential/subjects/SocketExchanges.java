package dev.evenkeel.scenarios.differential.subjects;

import static dev.evenkeel.scenarios.differential.subjects.Exchanges.HELLO;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.Function;
import java.util.zip.Deflater;

/**
 * The exchanges over a WebSocket: the handshake, what either side says, how it ends, and what else
 * comes of a handshake. Not thread-safe; one per use.
 */
final class SocketExchanges {
  /** What the names of these exchanges begin with. */
  static final String PREFIX = "socket-";

  /** As {@link #PREFIX}, where the connection ends together with the beginning of a message. */
  static final String CUT_WITHIN = PREFIX + "cut-within-";

  private static final int NORMAL = 1000;
  private static final int LARGE = 200_000;
  private static final String BYES = Frames.close(NORMAL, "bye");
  private static final Move BYE = new Move.Close(NORMAL, "bye");
  private static final Move HEAR = new Move.Hear();

  private final Exchanges exchanges;
  private final Sites sites;

  SocketExchanges(Exchanges exchanges, Sites sites) {
    this.exchanges = exchanges;
    this.sites = sites;
  }

  void add() {
    addHandshakes();
    addMessages();
    addControls();
    addEnds();
    addFaults();
    addRefusals();
    addFollowUps();
  }

  private void add(String id, Function<Request, Answer> answers, Call... calls) {
    exchanges.add(PREFIX + id, answers, calls);
  }

  private void talk(String id, List<String> frames, Move... moves) {
    add(id, request -> Answer.socket(request, frames), Call.socket("", moves));
  }

  private void addHandshakes() {
    List<String> frames = List.of("", Frames.text("well"), BYES);
    Move[] moves = {Move.text("how are you"), HEAR, BYE};
    add("target", r -> Answer.socket(r, frames), Call.socket("/a%20b;v=1/?q=%2F&x", moves));
    add(
        "headers",
        request -> Answer.socket(request, frames, "X-Twice: 1", "x-twice: 2", "Server: s/1"),
        Call.socket("", moves)
            .header("Origin: http://page.test")
            .header("X-Twice: 1")
            .header("X-Twice: 2")
            .header("Authorization: Bearer token"));
    Call offering = Call.socket("", moves).header("Sec-WebSocket-Protocol: chat.v2, chat.v1");
    for (String chosen : List.of("chat.v1", "chat.v3")) {
      add(
          "protocol-" + chosen.substring(chosen.length() - 1),
          request -> Answer.socket(request, frames, "Sec-WebSocket-Protocol: " + chosen),
          offering);
    }
    add("protocol-none", request -> Answer.socket(request, frames), offering);
    add(
        "deflated",
        request ->
            Answer.socket(
                request,
                List.of("", Frames.compressed(deflated("a text, a text, a text")), BYES),
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover"),
        Call.socket("", Move.text("z".repeat(2_000)), HEAR, BYE));
  }

  /** As a message of the extension: without the four bytes that a flush ends with. */
  private static String deflated(String text) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(text.getBytes(ISO_8859_1));
    byte[] bytes = new byte[text.length() + 100];
    int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return new String(bytes, 0, length - 4, ISO_8859_1);
  }

  private void addMessages() {
    talk(
        "text",
        List.of("", Frames.text("one back"), Frames.text("two back"), BYES),
        Move.text("one"),
        HEAR,
        Move.text("two \u00e4\u20ac"),
        HEAR,
        BYE);
    talk(
        "binary",
        List.of("", Frames.binary("\u0000\u00ff back"), BYES),
        Move.binary("\u0000\u00ff\u0080"),
        HEAR,
        BYE);
    talk("greeting", List.of(Frames.text("welcome"), BYES), HEAR, BYE);
    talk(
        "several",
        List.of(Frames.text("1") + Frames.binary("2") + Frames.text("3"), BYES),
        HEAR,
        HEAR,
        HEAR,
        BYE);
    talk(
        "empty",
        List.of("", Frames.text("") + Frames.binary(""), BYES),
        Move.text(""),
        HEAR,
        HEAR,
        BYE);
    talk(
        "fragments",
        List.of(
            "",
            Frames.textBegin("a ") + Frames.more("b ") + Frames.more("") + Frames.end("c"),
            Frames.binaryBegin("x") + Frames.end("y"),
            BYES),
        Move.text("one ", "two ", "three"),
        HEAR,
        Move.binary("four", "", "five"),
        HEAR,
        BYE);
    talk(
        "large",
        List.of("", Frames.text("y".repeat(LARGE)), Frames.binary("w".repeat(LARGE)), BYES),
        Move.text("x".repeat(LARGE)),
        HEAR,
        Move.binary("v".repeat(LARGE)),
        HEAR,
        BYE);
  }

  private void addControls() {
    talk(
        "pinged", List.of(Frames.ping("p1") + Frames.ping("") + Frames.text("1"), BYES), HEAR, BYE);
    talk(
        "pinged-within",
        List.of(Frames.textBegin("a") + Frames.ping("between") + Frames.end("b"), BYES),
        HEAR,
        BYE);
    talk("pong-unasked", List.of(Frames.pong("?") + Frames.text("1"), BYES), HEAR, BYE);
    talk("pings", List.of("", BYES), new Move.Ping("own"), new Move.Ping(""), Move.text("1"), BYE);
  }

  private void addEnds() {
    talk("closed-by-server", List.of(BYES, ""));
    for (int code : new int[] {1001, 1008, 1011, 3999, 4999}) {
      talk("closed-by-server-" + code, List.of(Frames.close(code, "why " + code), ""));
    }
    talk("closed-by-server-bare", List.of(Frames.close(), ""));
    talk("closed-by-server-after", List.of("", Frames.text("1") + BYES, ""), Move.text("go"), HEAR);
    talk("closed-by-client", List.of("", BYES), new Move.Close(4001, "enough"));
    talk("closed-by-client-bare", List.of("", Frames.close()), new Move.Close(NORMAL, ""));
    talk("closed-otherwise", List.of("", Frames.close(4002, "other")), BYE);
    talk("closed-and-cut", List.of("", ""), BYE);
    talk("closed-late", List.of("", Frames.text("1") + BYES), BYE);
    talk("cancelled", List.of("", Frames.text("1"), ""), Move.text("go"), HEAR, new Move.Cancel());
    talk("cut", List.of("", ""), Move.text("go"));
    talk("cut-later", List.of("", Frames.text("1"), ""), Move.text("go"), HEAR, Move.text("on"));
    talk("cut-within-frame", List.of("", Frames.text("cut here").substring(0, 5)), Move.text("go"));
    talk("cut-within-message", List.of(Frames.textBegin("begun")));
  }

  /** Whether the JDK's client still says why it closes is up to its threads. */
  private void addFaults() {
    talk("opcode", List.of(Frames.frame(0x83, "?")));
    talk("masked", List.of("\u0081\u0081\u0000\u0000\u0000\u0000x"));
    talk("bits", List.of(Frames.frame(0xC1, "?")));
    talk("nothing-to-continue", List.of(Frames.end("?")));
    talk("ping-long", List.of(Frames.ping("x".repeat(126))));
    talk("text-malformed", List.of(Frames.text("\u00c3(")), HEAR);
    talk("close-malformed", List.of(Frames.close(999, "")));
  }

  private void addRefusals() {
    Call call = Call.socket("");
    add("not-found", r -> Answer.text("404 Not Found", "no such chat", "X-Why: so"), call);
    add("found", request -> HELLO, call);
    add("failed", r -> Answer.text("503 Busy", "wait", "Retry-After: 0"), call);
    add("gone", request -> Answer.raw("").last(), call);
    add(
        "unauthorized",
        r -> Answer.text("401 Unauthorized", "not you", "WWW-Authenticate: Basic realm=\"chat\""),
        call);
    add("accept-wrong", request -> Answer.raw(switched(request, "AAAA")).last(), call);
    add(
        "upgrade-missing",
        request -> Answer.raw(Answer.head("101 Switching", List.of("Upgrade: other"))).last(),
        call);
    add(
        "version",
        r -> Answer.text("426 Upgrade Required", "old", "Sec-WebSocket-Version: 99"),
        call);
  }

  private static String switched(Request request, String accept) {
    return Answer.socket(request, List.of())
        .text()
        .replaceFirst("Sec-WebSocket-Accept: \\S+", "Sec-WebSocket-Accept: " + accept);
  }

  private void addFollowUps() {
    List<String> frames = List.of("", BYES);
    redirect("redirected", request -> "there", frames);
    redirect("redirected-absolute", request -> sites.at(request) + "/there", frames);
    redirect("redirected-other", request -> sites.otherUrl() + request.path() + "/there", frames);
    add(
        "authenticated",
        request ->
            request.has("Authorization")
                ? Answer.socket(request, frames)
                : Answer.text("401 Unauthorized", "who?", "WWW-Authenticate: Basic realm=\"chat\""),
        Call.socket("", BYE),
        Call.socket("/again", BYE));
    add(
        "cookies",
        request ->
            request.has("Upgrade") && request.has("Sec-WebSocket-Key")
                ? Answer.socket(request, frames, "Set-Cookie: s=1; Path=/")
                : Answer.ok("set", "Set-Cookie: a=1; Path=/"),
        Call.get("/1"),
        Call.socket("/2", BYE),
        Call.get("/3"),
        Call.socket("/4", BYE));
    add(
        "kept",
        request -> request.has("Sec-WebSocket-Key") ? Answer.socket(request, frames) : HELLO,
        Call.get("/1"),
        Call.socket("/2", BYE),
        Call.post("/3", "a body"));
  }

  private void redirect(String id, Function<Request, String> to, List<String> frames) {
    add(
        id,
        request ->
            request.endsWith("/there")
                ? Answer.socket(request, frames)
                : Answer.status("302 Found", "Location: " + to.apply(request)),
        Call.socket("/here", BYE));
  }
}
