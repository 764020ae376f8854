package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.CopiedOutput;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** A request body that is copied for mirrors while it is written. Not thread-safe. */
final class CopiedEntity extends HttpEntityWrapper {
  private final RequestCopy copy;

  CopiedEntity(HttpEntity entity, RequestCopy copy) {
    super(entity);
    this.copy = copy;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    CopiedOutput copied = new CopiedOutput(out, copy, HttpClient4Adapter.NAME);
    super.writeTo(copied);
    copied.end();
  }
}
