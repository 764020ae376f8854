package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.CopiedOutput;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/**
 * A request body that is copied while it is written, for mirrors or for another server. Not
 * thread-safe.
 */
final class CopiedEntity extends HttpEntityWrapper {
  private final RequestCopy copy;
  private boolean isBegun;

  CopiedEntity(HttpEntity entity, RequestCopy copy) {
    super(entity);
    this.copy = copy;
  }

  /** True once any of it may have been read. A request that waits for 100 may end before. */
  boolean isBegun() {
    return isBegun;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    isBegun = true;
    CopiedOutput copied = new CopiedOutput(out, copy, HttpClient4Adapter.NAME);
    super.writeTo(copied);
    copied.end();
  }
}
