package dev.evenkeel.httpclient5;

import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * The answer to a request whose body is longer than may be kept. Source: Traefik, which answers the
 * same to one that is longer than {@code failover.errors.maxRequestBodyBytes}. Thread-safe:
 * stateless.
 */
final class TooLargeResponse {
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);
  private static final ContentType TYPE = ContentType.create("text/plain", StandardCharsets.UTF_8);

  private TooLargeResponse() {}

  static ClassicHttpResponse make() {
    ClassicHttpResponse response =
        new BasicClassicHttpResponse(HttpStatus.SC_REQUEST_TOO_LONG, "Request Entity Too Large");
    response.setHeader(HttpHeaders.CONTENT_TYPE, TYPE.toString());
    response.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(TEXT.length));
    response.setEntity(new ByteArrayEntity(TEXT, TYPE));
    return response;
  }
}
