package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.GatewayStatus;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a call goes on after its response, or a failure, was given up: the JDK's client is led to
 * another server, connects and sends its request as in its own retry, and waits again. Thread-safe:
 * stateless.
 */
final class GivenUp {
  private static final int BUFFER_BYTES = 8192;
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
  private static final @Nullable Object[] ONCE_MORE = {null, true};

  private GivenUp() {}

  /** Judges a failure that came when something may have been sent. Never throws. */
  static boolean isFailure(Object client, BalancedCall call, Throwable failure) {
    return failure instanceof IOException && isFailure(client, call, GatewayStatus.of(failure));
  }

  /**
   * Judges the failure after which the JDK is about to send its request once more by itself. If it
   * is given up, the JDK does so to another server. Never throws.
   */
  static void retried(Object client, BalancedCall call) {
    if (!call.reception().isLost()) {
      return;
    }
    if (isFailure(client, call, HttpURLConnection.HTTP_BAD_GATEWAY)) {
      call.end(Outcome.IO_FAILED);
      boolean unused = call.goOn(); // If not, the JDK sends it where it did.
    } else {
      call.judgement().begin();
    }
  }

  /** What a proxy would answer, as a status. */
  private static boolean isFailure(Object client, BalancedCall call, int status) {
    return call.isSent()
        && !Thread.currentThread().isInterrupted()
        && isGivenUp(client, call, status);
  }

  /** Judges a response, or what stands for one. Never throws. */
  static boolean isGivenUp(Object client, BalancedCall call, int status) {
    try {
      return call.givesUp(status, Library.isStreaming(client));
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * Sends the request to the next server, and to others while there is no connection.
   *
   * @param responses where the JDK has put the headers of the response that was given up
   * @param outcome of the attempt that came to it
   * @return as {@link ParseAdvice#exit}
   */
  static @Nullable Object[] goOn(
      Object client, BalancedCall call, Object responses, Outcome outcome) {
    try {
      call.end(outcome);
      Library.close(client);
      if (!call.goOn()) {
        throw call.unavailable();
      }
      Library.reset(responses);
      call.retarget(client);
      Library.forgetCached(client);
      Throwable unconnected = connect(client, call);
      if (unconnected != null) {
        call.end(Outcome.CANCELLED);
        return new @Nullable Object[] {unconnected, null};
      }
      if (call.judgement().isCallOver()) {
        call.giveUp();
        Library.close(client);
        throw new SocketException("Socket closed"); // As if the JDK had been waiting already.
      }
      send(client, call);
      return ONCE_MORE;
    } catch (Throwable failure) {
      call.end(Outcome.CANCELLED); // Unless it ended by itself.
      return new @Nullable Object[] {ofTheJdk(failure), null};
    }
  }

  /**
   * Connects as the JDK does.
   *
   * @return what the JDK, or a socket factory of the application's, threw; null if nothing
   */
  private static @Nullable Throwable connect(Object client, BalancedCall call) {
    try {
      Library.open(client);
      Tunnels.open(client, call);
      Library.afterConnect(client);
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }

  private static void send(Object client, BalancedCall call) throws Throwable {
    Object requests = Library.requests(client);
    Library.write(client, requests, Library.poster(client));
    if (Library.isStreaming(client)) {
      writeKept(client, call, requests);
    }
    call.reception().waiting();
  }

  /** What the application may see: a fault of ours is for it a connection that was lost. */
  private static IOException ofTheJdk(Throwable failure) {
    if (failure instanceof IOException its) {
      return its;
    }
    Faults.report(failure);
    return new SocketException("Connection reset");
  }

  private static void writeKept(Object client, BalancedCall call, Object requests)
      throws Throwable {
    KeptBody kept = call.judgement().kept();
    if (kept == null || !call.judgement().isBodyOpen()) {
      return;
    }
    OutputStream out = Library.output(client);
    try (InputStream body = kept.open()) {
      if (Library.header(requests, "Transfer-Encoding") == null) {
        body.transferTo(out);
      } else {
        writeChunks(body, out);
      }
    }
    out.flush();
    copy(client, call, kept);
  }

  private static void writeChunks(InputStream body, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = body.read(buffer); read > 0; read = body.read(buffer)) {
      out.write(Integer.toHexString(read).getBytes(StandardCharsets.US_ASCII));
      out.write(LINE_END);
      out.write(buffer, 0, read);
      out.write(LINE_END);
    }
    out.write(LAST_CHUNK);
  }

  private static void copy(Object client, BalancedCall call, KeptBody kept) {
    CopiedRequest copied = call.copiedSoFar();
    RequestCopy copy = copied == null ? null : copied.copy();
    if (copy == null || Library.isBroken(client)) {
      return;
    }
    try (InputStream body = kept.open()) {
      body.transferTo(copy.bodyStream());
      copy.end();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
