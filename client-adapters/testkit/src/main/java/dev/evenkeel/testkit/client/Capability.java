package dev.evenkeel.testkit.client;

/** What some HTTP clients can do and others cannot. */
public enum Capability {
  /** Follows redirects by itself. */
  REDIRECTS,
  /** Keeps a cookie store of its own. */
  COOKIES,
  /** Decompresses gzip by itself. */
  GZIP,
  /** Sends any method, {@code PATCH} and methods of its own included. */
  ANY_METHOD,
  /** Fails where a body ends before its declared length. */
  BODY_LENGTH,
  /** Negotiates HTTP/2 over TLS. */
  HTTP_2,
  /** Its adapter speaks HTTP/2 in the clear with a server by {@code h2c}. */
  H2C,
  /** Has a call that does not wait for its answer. */
  ASYNC,
  /** A call under way can be given up. */
  CANCEL,
  /** Opens WebSockets. */
  WEB_SOCKET,
  /** Keeps a request's body back until the server asks for it: {@code Expect: 100-continue}. */
  EXPECT_CONTINUE,
  /** Gives the fields after a chunked body to the application. */
  TRAILERS,
  /** Lets the application wait within a call: in an interceptor, a cookie handler. */
  HOOK,
  /** Its connect timeout is one connection's, and not the whole call's. */
  CONNECT_TIMEOUT_OF_A_CONNECTION,
  /**
   * Its open connections keep no response alive that the application lost while the body was still
   * coming.
   */
  FORGETS_LOST_RESPONSES,
  /** Its adapter copies requests for mirrors. */
  MIRRORS,
  /** Its adapter gives up responses for those of a failover's fallback. */
  FAILOVER_ERRORS,
  /** Its adapter speaks TLS as a servers transport says. */
  SERVERS_TRANSPORT,
  /** Its adapter tells a request's body that fails by itself from a server that fails. */
  REQUEST_BODY_FAILURE,
  /**
   * Its adapter tells a request's body of another length than it declared from a server that fails.
   */
  REQUEST_BODY_LENGTH,
  /** Its adapter answers 413 by itself. */
  TOO_LARGE_RESPONSE,
  /** Calls through an HTTP proxy that the application names. */
  PROXY,
  /**
   * Through a proxy, the server alone says whether there is a tunnel, and not the scheme of the
   * call; one that the proxy cannot make moves the call.
   */
  TUNNEL_BY_SERVER
}
