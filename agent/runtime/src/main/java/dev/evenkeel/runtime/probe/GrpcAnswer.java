package dev.evenkeel.runtime.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a server said to {@code grpc.health.v1.Health/Check}. Immutable.
 *
 * @param text as it follows {@code probe answered}
 */
record GrpcAnswer(boolean isServing, String text) {
  private static final int HTTP_OK = 200;

  /** Of a message: whether it is compressed, and its length. */
  private static final int PREFIX_BYTES = 5;

  private static final List<String> GRPC_STATUS =
      List.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");

  private static final List<String> SERVING_STATUS =
      List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

  /** Field 1, a varint. */
  private static final int STATUS_TAG = 1 << 3;

  private static final int SERVING = SERVING_STATUS.indexOf("SERVING");

  /** True if a response with this HTTP status, -1 if unknown, holds no answer of gRPC. */
  static boolean isOtherThanGrpc(int httpStatus) {
    return httpStatus != -1 && httpStatus != HTTP_OK;
  }

  static GrpcAnswer ofHttpStatus(int status) {
    return new GrpcAnswer(false, "HTTP status " + status);
  }

  /**
   * Judges a response that is complete.
   *
   * @param grpcStatus -1: none
   * @param content all DATA
   * @throws IOException if that is not one message, not compressed
   */
  static GrpcAnswer of(int grpcStatus, byte[] content) throws IOException {
    if (grpcStatus == -1) {
      return new GrpcAnswer(false, "without grpc-status");
    }
    if (grpcStatus != 0) {
      return new GrpcAnswer(false, "grpc status " + named(GRPC_STATUS, grpcStatus));
    }
    if (content.length == 0) {
      return new GrpcAnswer(false, "without a message");
    }
    int status = servingStatus(content);
    boolean isKnown = status >= 0 && status < SERVING_STATUS.size();
    String text = isKnown ? SERVING_STATUS.get(status) : "serving status " + status;
    return new GrpcAnswer(status == SERVING, text);
  }

  private static String named(List<String> names, int number) {
    return number < names.size() ? number + " (" + names.get(number) + ")" : "" + number;
  }

  /** Field 1 of a {@code HealthCheckResponse}; the last one counts, 0 without any. */
  private static int servingStatus(byte[] content) throws IOException {
    ProtobufInput in = new ProtobufInput(content, PREFIX_BYTES);
    boolean isCompressed = content[0] != 0;
    boolean isWhole =
        content.length >= PREFIX_BYTES && ByteBuffer.wrap(content).getInt(1) == in.remaining();
    if (isCompressed || !isWhole) {
      throw new IOException("malformed gRPC message");
    }
    int status = 0;
    while (in.remaining() > 0) {
      long tag = in.varint();
      if (tag == STATUS_TAG) {
        status = (int) in.varint();
      } else {
        in.skip((int) (tag & 7));
      }
    }
    return status;
  }
}
