package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TransportTls;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes in memory with a server that bears a certificate of its own making. */
class TransportTrustTest {
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String CHANGEIT = "changeit";

  @TempDir static Path material;

  private final String storeBefore = System.getProperty(STORE);
  private final String passwordBefore = System.getProperty(PASSWORD);

  @BeforeAll
  static void createMaterial() {
    PemFiles.create(material, "EC");
  }

  @AfterEach
  void putBack() {
    put(STORE, storeBefore);
    put(PASSWORD, passwordBefore);
  }

  private static void put(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  @Test
  void defaultTrust_configuredAfterTheFirstHandshake_isTheNewOne() throws Exception {
    TransportTls tls = tls(true, List.of());
    assertThatThrownBy(() -> shakeHands(engine(tls))).isInstanceOf(SSLException.class);

    System.setProperty(STORE, material.resolve("EC.p12").toString());
    System.setProperty(PASSWORD, CHANGEIT);
    assertThatCode(() -> shakeHands(engine(tls))).doesNotThrowAnyException();
    assertThatCode(() -> shakeHands(engine(tls))).doesNotThrowAnyException();

    System.clearProperty(STORE);
    System.clearProperty(PASSWORD);
    assertThatThrownBy(() -> shakeHands(engine(tls))).isInstanceOf(SSLException.class);
  }

  @Test
  void cipherSuite_thatTheClientEnabledItself_isRefused() throws Exception {
    TransportTls tls = tls(false, List.of("TLS_AES_256_GCM_SHA384"));
    SSLEngine others = engine(tls);
    others.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});

    assertThatCode(() -> shakeHands(engine(tls))).doesNotThrowAnyException();
    assertThatThrownBy(() -> shakeHands(others))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("TLS_AES_128_GCM_SHA256 is not among what the servers transport");
  }

  private static TransportTls tls(boolean isVerifying, List<String> suites) throws Exception {
    return new TransportTls(
        new TlsSpec(null, isVerifying, List.of(), List.of(), List.of(), suites, true, List.of()));
  }

  private static SSLEngine engine(TransportTls tls) {
    return tls.context().createSSLEngine("localhost", 443);
  }

  private static void shakeHands(SSLEngine client) throws Exception {
    SSLEngine server = server();
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    client.beginHandshake();
    server.beginHandshake();
    while (isUnderWay(client) || isUnderWay(server)) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
  }

  private static boolean isUnderWay(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      default -> {
        in.flip();
        engine.unwrap(in, ByteBuffer.allocate(1 << 17));
        in.compact();
      }
    }
  }

  /** Of a context of its own, so that no session is resumed. */
  private static SSLEngine server() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(material.resolve("EC.p12"))) {
      keys.load(in, CHANGEIT.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, CHANGEIT.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }
}
