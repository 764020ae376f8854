package dev.evenkeel.runtime.http2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields that HPACK knows by number (RFC 7541, appendix A). Immutable. */
final class StaticTable {
  /** A name, and after it a value where the entry has one. */
  private static final List<String> ENTRIES =
      List.of(
          ":authority",
          ":method GET",
          ":method POST",
          ":path /",
          ":path /index.html",
          ":scheme http",
          ":scheme https",
          ":status 200",
          ":status 204",
          ":status 206",
          ":status 304",
          ":status 400",
          ":status 404",
          ":status 500",
          "accept-charset",
          "accept-encoding gzip, deflate",
          "accept-language",
          "accept-ranges",
          "accept",
          "access-control-allow-origin",
          "age",
          "allow",
          "authorization",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-location",
          "content-range",
          "content-type",
          "cookie",
          "date",
          "etag",
          "expect",
          "expires",
          "from",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "last-modified",
          "link",
          "location",
          "max-forwards",
          "proxy-authenticate",
          "proxy-authorization",
          "range",
          "referer",
          "refresh",
          "retry-after",
          "server",
          "set-cookie",
          "strict-transport-security",
          "transfer-encoding",
          "user-agent",
          "vary",
          "via",
          "www-authenticate");

  private StaticTable() {}

  /** Null for what is not in this table: 0, and the entries of the dynamic one. */
  static @Nullable String name(int index) {
    return isIn(index) ? parts(index)[0] : null;
  }

  /** Empty where the entry is a name only. */
  static String value(int index) {
    String[] parts = isIn(index) ? parts(index) : new String[0];
    return parts.length < 2 ? "" : parts[1];
  }

  private static boolean isIn(int index) {
    return index >= 1 && index <= ENTRIES.size();
  }

  private static String[] parts(int index) {
    return ENTRIES.get(index - 1).split(" ", 2);
  }
}
