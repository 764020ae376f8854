package dev.evenkeel.it.urlconnection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import mockwebserver3.MockResponse;

/**
 * A server that lets in whoever goes through the three messages of NTLM, whatever they say. Source:
 * MS-NLMP, section 2.2.1. Stateless. Thread-safe.
 */
final class NtlmScript implements Script {
  private static final String SCHEME = "NTLM ";
  private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(US_ASCII);
  private static final int CHALLENGE_BYTES = 48;
  private static final int UNICODE = 1;

  @Override
  public MockResponse.Builder answer(Received request) {
    return switch (type(request)) {
      case 0 -> challenge("NTLM");
      case 1 -> challenge(SCHEME + Base64.getEncoder().encodeToString(challengeMessage()));
      default -> new MockResponse.Builder().body("let in");
    };
  }

  /** 1 for the offer, 3 for the answer to the challenge, 0 for a request without credentials. */
  static int type(Received request) {
    String credentials = request.header("Authorization");
    if (credentials == null) {
      return 0;
    }
    byte[] message = Base64.getDecoder().decode(credentials.substring(SCHEME.length()));
    return message[SIGNATURE.length];
  }

  private static MockResponse.Builder challenge(String value) {
    return new MockResponse.Builder()
        .code(401)
        .addHeader("WWW-Authenticate", value)
        .body("who is it?");
  }

  private static byte[] challengeMessage() {
    return ByteBuffer.allocate(CHALLENGE_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(SIGNATURE)
        .putInt(2)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(CHALLENGE_BYTES)
        .putInt(UNICODE)
        .put("nonce-of".getBytes(US_ASCII))
        .array();
  }
}
