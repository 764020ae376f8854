package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.KeptBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/**
 * A request body that was kept when it was sent, with the length and type that the application gave
 * it. Not thread-safe.
 */
final class KeptEntity extends HttpEntityWrapper {
  private final KeptBody kept;

  KeptEntity(HttpEntity entity, KeptBody kept) {
    super(entity);
    this.kept = kept;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public InputStream getContent() {
    return kept.open();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    kept.open().transferTo(out);
  }
}
