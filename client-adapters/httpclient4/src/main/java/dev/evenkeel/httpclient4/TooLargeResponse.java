package dev.evenkeel.httpclient4;

import java.nio.charset.StandardCharsets;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpStatus;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.message.BasicHttpResponse;

/**
 * The answer to a request whose body is longer than may be kept; it has no connection. Source:
 * Traefik, which answers the same to one that is longer than {@code
 * failover.errors.maxRequestBodyBytes}. Not thread-safe, as the client's are not.
 */
final class TooLargeResponse extends BasicHttpResponse implements CloseableHttpResponse {
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);
  private static final ContentType TYPE = ContentType.create("text/plain", StandardCharsets.UTF_8);

  TooLargeResponse() {
    super(HttpVersion.HTTP_1_1, HttpStatus.SC_REQUEST_TOO_LONG, "Request Entity Too Large");
    setHeader(HttpHeaders.CONTENT_TYPE, TYPE.toString());
    setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(TEXT.length));
    setEntity(new ByteArrayEntity(TEXT, TYPE));
  }

  /** Nothing to do: all of it is here. */
  @Override
  public void close() {}
}
