package dev.evenkeel.config.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM text. Source: RFC 7468, and RFC 1421 for the headers of encrypted keys.
 * Immutable.
 */
final class PemBlock {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([^-\\n]+)-----\\s*+(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

  private final String label;
  private final boolean isEncrypted;
  private final byte[] content;

  private PemBlock(String label, boolean isEncrypted, byte[] content) {
    this.label = label;
    this.isEncrypted = isEncrypted;
    this.content = content;
  }

  /** All blocks of a text, in order; what stands around them is passed over. */
  static List<PemBlock> allOf(String text) throws MaterialException {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String label = matcher.group(1);
      String body = matcher.group(2);
      boolean isEncrypted = label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
      blocks.add(new PemBlock(label, isEncrypted, isEncrypted ? new byte[0] : decode(label, body)));
    }
    return blocks;
  }

  private static byte[] decode(String label, String body) throws MaterialException {
    String base64 = HEADER.matcher(body).replaceAll("").replaceAll("\\s", "");
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MaterialException("holds a block " + label + " that is not Base64");
    }
  }

  /** As in {@code -----BEGIN <label>-----}. */
  String label() {
    return label;
  }

  /** True for a key with a password; then there is no content. */
  boolean isEncrypted() {
    return isEncrypted;
  }

  /** The DER. */
  byte[] content() {
    return content;
  }

  /** Nothing of the content, which may be a key. */
  @Override
  public String toString() {
    return label;
  }
}
