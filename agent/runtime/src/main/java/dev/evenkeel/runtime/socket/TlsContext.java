package dev.evenkeel.runtime.socket;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/**
 * Where our own connections to https servers get their trust and their certificate from.
 * Thread-safe.
 */
@FunctionalInterface
public interface TlsContext {
  SSLContext get() throws GeneralSecurityException, IOException;
}
