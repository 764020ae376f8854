package dev.evenkeel.it.stacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.testkit.server.Received;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature version 4 of AWS as the service itself computes it, from what arrived: requests to a
 * path without a query, whose body the client has signed. Stateless. Thread-safe.
 */
final class AwsSignature {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=[^/]+/([^,]+), SignedHeaders=([^,]+), Signature=(\\w+)");

  private AwsSignature() {}

  /** The signature that a request carries. */
  static String carried(Received request) {
    return authorization(request).group(3);
  }

  /** The names of the headers that are signed. */
  static String[] signedHeaders(Received request) {
    return authorization(request).group(2).split(";", -1);
  }

  /** The signature that a request must carry. */
  static String expected(Received request, String secret) throws GeneralSecurityException {
    String scope = authorization(request).group(1);
    String toSign =
        "AWS4-HMAC-SHA256\n%s\n%s\n%s"
            .formatted(request.header("X-Amz-Date"), scope, sha256(canonical(request)));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String canonical(Received request) throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append('\n').append(request.target()).append("\n\n");
    for (String name : signedHeaders(request)) {
      text.append(name).append(':').append(request.header(name)).append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders(request))).append('\n');
    return text.append(sha256(request.body())).toString();
  }

  private static Matcher authorization(Received request) {
    String header = String.valueOf(request.header("Authorization"));
    Matcher matcher = AUTHORIZATION.matcher(header);
    if (!matcher.matches()) {
      throw new AssertionError(header + " (expected: a signature of version 4)");
    }
    return matcher;
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
