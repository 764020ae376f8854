package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.CopiedOutput;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A request body that is copied while it is written, for mirrors or for another server. Not
 * thread-safe.
 */
final class CopiedEntity extends HttpEntityWrapper {
  private final RequestCopy copy;

  CopiedEntity(HttpEntity entity, RequestCopy copy) {
    super(entity);
    this.copy = copy;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    CopiedOutput copied = new CopiedOutput(out, copy, HttpClient5Adapter.NAME);
    super.writeTo(copied);
    copied.end();
  }
}
