package dev.evenkeel.runtime.socket;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * {@link StandardTls} for many connections: the context is made anew only when one of the
 * properties has changed, so that sessions are resumed and stores are not read for each connection.
 * Thread-safe.
 */
public final class KeptTls implements TlsContext {
  private static final List<String> PROPERTIES =
      List.of(
          "trustStore",
          "trustStoreType",
          "trustStorePassword",
          "trustStoreProvider",
          "keyStore",
          "keyStoreType",
          "keyStorePassword",
          "keyStoreProvider");

  private final TlsContext made = new StandardTls();
  private volatile @Nullable Kept kept;

  private record Kept(List<String> properties, SSLContext context) {}

  @Override
  public SSLContext get() throws GeneralSecurityException, IOException {
    List<String> now =
        PROPERTIES.stream().map(name -> System.getProperty("javax.net.ssl." + name, "")).toList();
    Kept last = kept;
    if (last == null || !last.properties.equals(now)) {
      last = new Kept(now, made.get());
      kept = last;
    }
    return last.context;
  }
}
