package dev.evenkeel.runtime.probe;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Where a probe of an https server gets its trust and its own certificate from. Thread-safe. */
@FunctionalInterface
interface TlsContext {
  SSLContext get() throws GeneralSecurityException, IOException;
}
