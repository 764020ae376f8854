package dev.evenkeel.httpclient5;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.HttpRequestWrapper;
import org.jspecify.annotations.Nullable;

/** The client's request with another body, for one that is sent in its place. Not thread-safe. */
final class RequestWithBody extends HttpRequestWrapper implements ClassicHttpRequest {
  private @Nullable HttpEntity entity;

  RequestWithBody(ClassicHttpRequest request) {
    super(request);
    this.entity = request.getEntity();
  }

  @Override
  public @Nullable HttpEntity getEntity() {
    return entity;
  }

  @Override
  public void setEntity(@Nullable HttpEntity newEntity) {
    entity = newEntity;
  }
}
