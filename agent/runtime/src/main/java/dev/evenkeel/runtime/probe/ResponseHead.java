package dev.evenkeel.runtime.probe;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The status and the few headers of a final response that a probe needs. Source: RFC 9112, sections
 * 4 and 5, without line folding. Immutable.
 *
 * @param status 101 or 200..999
 * @param location the first Location header; null without one
 * @param retryAfter the first Retry-After header; null without one
 * @param ownWord the first header of the name that was asked for; null without one
 */
record ResponseHead(
    int status, @Nullable String location, @Nullable String retryAfter, @Nullable String ownWord) {
  /** Of all responses to one request, the interim ones included. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] ([1-9][0-9]{2})( .*)?", Pattern.DOTALL);
  private static final Pattern HEADER =
      Pattern.compile("([-!#$%&'*+.^_`|~0-9A-Za-z]+):(.*)", Pattern.DOTALL);

  /**
   * Reads up to the end of the headers; interim responses (1xx, except 101) are passed over.
   *
   * @param wordHeader in any case; null for none
   * @throws IOException if that is no HTTP/1 response or longer than {@link #MAX_BYTES}
   */
  static ResponseHead read(DeadlineInput in, @Nullable String wordHeader) throws IOException {
    Lines lines = new Lines(in);
    while (true) {
      ResponseHead head = readOne(lines, wordHeader);
      boolean isInterim = head.status < 200 && head.status != 101;
      if (!isInterim) {
        return head;
      }
    }
  }

  /** Where it redirects to; null if its status is to be judged. */
  @Nullable String redirectLocation() {
    boolean isRedirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    return isRedirect && location != null && !location.isEmpty() ? location : null;
  }

  private static ResponseHead readOne(Lines lines, @Nullable String wordHeader) throws IOException {
    Matcher statusLine = STATUS_LINE.matcher(lines.next());
    if (!statusLine.matches()) {
      throw new IOException("not an HTTP/1.1 response");
    }
    Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new IOException("malformed response header");
      }
      first.putIfAbsent(header.group(1), header.group(2).strip());
    }
    return new ResponseHead(
        Integer.parseInt(statusLine.group(1)),
        first.get("Location"),
        first.get("Retry-After"),
        wordHeader == null ? null : first.get(wordHeader));
  }

  /** Lines ended by LF or CRLF, as ISO-8859-1, bounded in sum. */
  private static final class Lines {
    private final DeadlineInput in;
    private int bytes;

    Lines(DeadlineInput in) {
      this.in = in;
    }

    String next() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = nextByte(); b != '\n'; b = nextByte()) {
        line.append((char) b);
      }
      int last = line.length() - 1;
      if (last >= 0 && line.charAt(last) == '\r') {
        line.setLength(last);
      }
      return line.toString();
    }

    private int nextByte() throws IOException {
      if (++bytes > MAX_BYTES) {
        throw new IOException("response head longer than " + MAX_BYTES + " bytes");
      }
      return in.next();
    }
  }
}
