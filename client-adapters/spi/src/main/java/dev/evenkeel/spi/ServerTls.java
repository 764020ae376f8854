package dev.evenkeel.spi;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * How TLS is spoken with a server whose service names a servers transport: in place of all that the
 * application's client was given for TLS. Source: Traefik {@code http.serversTransports.<name>}.
 *
 * <p>Sockets and engines that are made here for any host ask for the right name and have it
 * verified within the handshake, together with the certificate, so an adapter adds nothing but the
 * protocols that its client speaks above. What it must not do is to set other server names. One
 * instance for as long as the transport's configuration and files stand: connections of one
 * instance are as good as each other, and those of two must not be mixed. Thread-safe.
 */
public interface ServerTls {
  /** Letters and digits that no other instance has, for clients that keep connections by a text. */
  String id();

  /** For clients that make engines, or sockets of their own. */
  SSLContext context();

  /** The same instance each time, for clients that tell connections apart by it. */
  SSLSocketFactory socketFactory();

  /** Says yes, for clients that ask once more after the handshake. The same instance each time. */
  HostnameVerifier hostnameVerifier();

  /** False if HTTP/2 must not be offered. */
  boolean isHttp2Allowed();
}
