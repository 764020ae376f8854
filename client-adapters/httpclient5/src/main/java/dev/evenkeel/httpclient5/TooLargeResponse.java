package dev.evenkeel.httpclient5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;

/**
 * The answer to a request whose body is longer than may be kept. Source: Traefik, which answers the
 * same to one that is longer than {@code failover.errors.maxRequestBodyBytes}. Thread-safe:
 * stateless.
 */
final class TooLargeResponse {
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);
  private static final ContentType TYPE = ContentType.create("text/plain", StandardCharsets.UTF_8);

  private static final String REASON = "Request Entity Too Large";

  /** Describes the {@link #body}. */
  static final EntityDetails DETAILS = new BasicEntityDetails(TEXT.length, TYPE);

  private TooLargeResponse() {}

  static ClassicHttpResponse make() {
    ClassicHttpResponse response =
        new BasicClassicHttpResponse(HttpStatus.SC_REQUEST_TOO_LONG, REASON);
    describe(response);
    response.setEntity(new ByteArrayEntity(TEXT, TYPE));
    return response;
  }

  /** The same for an asynchronous client, which gets its {@link #body} by itself. */
  static HttpResponse head() {
    HttpResponse response = new BasicHttpResponse(HttpStatus.SC_REQUEST_TOO_LONG, REASON);
    describe(response);
    return response;
  }

  static ByteBuffer body() {
    return ByteBuffer.wrap(TEXT).asReadOnlyBuffer();
  }

  private static void describe(HttpResponse response) {
    response.setHeader(HttpHeaders.CONTENT_TYPE, TYPE.toString());
    response.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(TEXT.length));
  }
}
