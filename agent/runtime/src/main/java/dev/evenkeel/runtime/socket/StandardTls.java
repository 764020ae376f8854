package dev.evenkeel.runtime.socket;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM's default SSL context would be, made anew each time from the standard {@code
 * javax.net.ssl.*} properties and the JVM's own certificate authorities.
 *
 * <p>Not {@link SSLContext#getDefault}: the first who asks for that one fixes it for the whole JVM,
 * and an application that sets {@code javax.net.ssl.trustStore} in its main method must not find
 * that one of our connections came first. Thread-safe.
 */
public final class StandardTls implements TlsContext {
  private static final String PREFIX = "javax.net.ssl.keyStore";

  @Override
  public SSLContext get() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), null, null); // null: the trust store of the properties, read now
    return context;
  }

  private static KeyManager @Nullable [] keyManagers()
      throws GeneralSecurityException, IOException {
    String file = System.getProperty(PREFIX, "");
    if (file.isEmpty() || file.equals("NONE")) {
      return null;
    }
    char[] password = System.getProperty(PREFIX + "Password", "").toCharArray();
    KeyStore store =
        KeyStore.getInstance(System.getProperty(PREFIX + "Type", KeyStore.getDefaultType()));
    try (InputStream in = new FileInputStream(file)) {
      store.load(in, password.length == 0 ? null : password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
