package dev.evenkeel.balancer.mirror;

import org.jspecify.annotations.Nullable;

/**
 * A request while it is being copied. Everything that can wait is left to the mirror's thread: here
 * headers are looked at only for what decides whether there is to be a copy. Not thread-safe; one
 * thread at a time, except for {@link #giveBack}.
 */
public final class RequestBuffer {
  /** What an object costs beside its characters, roughly and rather too much. */
  private static final int OBJECT_BYTES = 64;

  private static final long NO_LENGTH = -1;

  private final Reservation reservation;
  private final boolean isBodyKept;
  private final long maxBodyBytes;
  private final CopiedBody body;

  private String method = "";
  private String authority = "";
  private String target = "";
  private @Nullable HeaderLine lastHeader;
  private long declaredLength = NO_LENGTH;
  private boolean isChunked;
  private long seenBytes;

  private RequestBuffer(Reservation reservation, boolean isBodyKept, long maxBodyBytes) {
    this.reservation = reservation;
    this.isBodyKept = isBodyKept;
    this.maxBodyBytes = maxBodyBytes;
    body = new CopiedBody(reservation);
  }

  /**
   * An empty one.
   *
   * @param isBodyKept false: the body is left out, whatever its length
   * @param maxBodyBytes negative for no limit
   * @return null if there are too many copies already
   */
  public static @Nullable RequestBuffer of(
      MirrorBudget budget, boolean isBodyKept, long maxBodyBytes) {
    Reservation reservation = Reservation.of(budget);
    return reservation == null ? null : new RequestBuffer(reservation, isBodyKept, maxBodyBytes);
  }

  /** Null if all is well, as with the others. */
  public @Nullable Fate begin(String itsMethod, String itsAuthority, String itsTarget) {
    method = itsMethod;
    authority = itsAuthority;
    target = itsTarget;
    int size = 4 * OBJECT_BYTES + method.length() + authority.length() + target.length();
    return reservation.take(size) ? null : Fate.NO_ROOM;
  }

  public @Nullable Fate header(String name, String value) {
    if (!reservation.take(OBJECT_BYTES + name.length() + value.length())) {
      return Fate.NO_ROOM;
    }
    lastHeader = new HeaderLine(name, value, lastHeader);
    if (name.equalsIgnoreCase("Content-Length")) {
      declaredLength = parseLength(value);
      return isTooLong(declaredLength) ? Fate.UNFIT : null;
    }
    isChunked |= name.equalsIgnoreCase("Transfer-Encoding");
    // A WebSocket is a conversation: there is nothing to say to a mirror but its first line.
    return name.equalsIgnoreCase("Sec-WebSocket-Key") ? Fate.WITHDRAWN : null;
  }

  public @Nullable Fate body(byte[] bytes, int offset, int length) {
    seenBytes += length;
    if (!isBodyKept || length == 0) {
      return null;
    }
    if (isTooLong(seenBytes)) {
      return Fate.UNFIT;
    }
    return body.append(bytes, offset, length) ? null : Fate.NO_ROOM;
  }

  /** The request ends here. */
  public @Nullable Fate end() {
    return declaredLength > seenBytes ? Fate.UNFIT : null;
  }

  /** True once all bytes are there that the request said would come. */
  public boolean isWhole() {
    return declaredLength >= 0 && seenBytes >= declaredLength;
  }

  private boolean isTooLong(long length) {
    return isBodyKept && maxBodyBytes >= 0 && length > maxBodyBytes;
  }

  private static long parseLength(String value) {
    try {
      return Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      return NO_LENGTH;
    }
  }

  /** What it takes of the budget. */
  public long bytes() {
    return reservation.bytes();
  }

  /** What mirrors get. It keeps the memory until {@link #giveBack}. */
  public MirroredRequest finished() {
    boolean hadBody = isChunked || declaredLength > 0 || seenBytes > 0;
    boolean hasFrame = hadBody || declaredLength == 0;
    long length = hasFrame ? body.length() : NO_LENGTH;
    return new MirroredRequest(
        method,
        authority,
        target,
        lastHeader,
        hadBody && !isBodyKept,
        isChunked && isBodyKept,
        length,
        body);
  }

  /** Gives the memory back to the budget, from any thread; calls after the first do nothing. */
  public void giveBack() {
    reservation.giveBack();
  }
}
