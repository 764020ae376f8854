package dev.evenkeel.runtime.socket;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The status and headers of a final response. Source: RFC 9112, sections 4 and 5, without line
 * folding. Immutable.
 *
 * @param status 101 or 200..999
 * @param headers the first value of each, by name in lower case
 */
public record ResponseHead(int status, Map<String, String> headers) {
  /** Of all responses to one request, the interim ones included. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] ([1-9][0-9]{2})( .*)?", Pattern.DOTALL);
  private static final Pattern HEADER =
      Pattern.compile("([-!#$%&'*+.^_`|~0-9A-Za-z]+):(.*)", Pattern.DOTALL);

  public ResponseHead {
    headers = Map.copyOf(headers);
  }

  /**
   * Reads up to the end of the headers; interim responses (1xx, except 101) are passed over.
   *
   * @throws IOException if that is no HTTP/1 response or longer than {@link #MAX_BYTES}
   */
  public static ResponseHead read(DeadlineInput in) throws IOException {
    Lines lines = new Lines(in);
    while (true) {
      ResponseHead head = readOne(lines);
      boolean isInterim = head.status < 200 && head.status != 101;
      if (!isInterim) {
        return head;
      }
    }
  }

  /** The first value, by name in any case; null without one. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  private static ResponseHead readOne(Lines lines) throws IOException {
    Matcher statusLine = STATUS_LINE.matcher(lines.next());
    if (!statusLine.matches()) {
      throw new IOException("not an HTTP/1.1 response");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new IOException("malformed response header");
      }
      headers.putIfAbsent(header.group(1).toLowerCase(Locale.ROOT), header.group(2).strip());
    }
    return new ResponseHead(Integer.parseInt(statusLine.group(1)), headers);
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
