package dev.evenkeel.testkit.server;

import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * What a client needs to accept servers of a private certificate authority. Immutable.
 *
 * @param sslContext with the trust manager set
 * @param trustManager accepts what the authority signed, and nothing else
 */
public record Trust(SSLContext sslContext, X509TrustManager trustManager) {}
