package dev.evenkeel.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A certificate and its key in PEM, made by the JDK's own tool. Immutable.
 *
 * @param certificate its own authority
 * @param pkcs8 the key as the JDK has it
 * @param older the key as PKCS #1 or SEC 1 have it
 */
record PemFiles(String certificate, String pkcs8, String older) {
  private static final String PASSWORD = "changeit";

  /** A certificate with a key of a kind, {@code RSA} or {@code EC}. */
  static PemFiles create(Path folder, String kind) {
    try {
      Path store = folder.resolve(kind + ".p12");
      run(kind, store);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      Key key = keys.getKey("own", PASSWORD.toCharArray());
      return new PemFiles(
          pem("CERTIFICATE", keys.getCertificate("own").getEncoded()),
          pem("PRIVATE KEY", key.getEncoded()),
          pem(kind + " PRIVATE KEY", inner(key.getEncoded())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(String kind, Path store) throws IOException, InterruptedException {
    String arguments =
        "-genkeypair -alias own -dname CN=x -ext san=dns:localhost -validity 2 -storetype PKCS12"
            + " -storepass "
            + PASSWORD
            + " -keyalg "
            + kind;
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(List.of(arguments.split(" ")));
    words.addAll(List.of("-keystore", store.toString()));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  /** Of PKCS #8, what stands in its octet string: the third element of the sequence. */
  private static byte[] inner(byte[] pkcs8) {
    int at = end(pkcs8, end(pkcs8, header(pkcs8, 0)));
    return Arrays.copyOfRange(pkcs8, header(pkcs8, at), end(pkcs8, at));
  }

  private static int header(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
  }

  private static int end(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    if (length >= 0x80) {
      int count = length & 0x7f;
      length = 0;
      for (int i = 0; i < count; i++) {
        length = (length << 8) | (der[at + 2 + i] & 0xff);
      }
    }
    return header(der, at) + length;
  }

  /** Writes a text and names the file. */
  static String file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
