package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.CopiedOutput;
import dev.evenkeel.spi.GuardedCopy;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.RequestCopy;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the request of a call is copied while it is written: for mirrors, and to be sent again.
 * Thread-safe.
 */
final class CopiedRequest {
  private final Judgement judgement;
  private volatile @Nullable GuardedCopy copy;

  /** What the application writes a copied body to; null if there is none. It has the connection. */
  private volatile @Nullable WeakReference<@Nullable OutputStream> body;

  CopiedRequest(Judgement judgement) {
    this.judgement = judgement;
  }

  /** Begins to repeat the request of an attempt for its mirrors; null if it has none. */
  void begin(@Nullable RequestCopy begun) {
    forget();
    copy = begun == null ? null : new GuardedCopy(begun, Faults.ADAPTER);
    body = null;
  }

  /** The mirrors' copy of the request that was written last; null if there is none. */
  @Nullable RequestCopy copy() {
    GuardedCopy current = copy;
    return current == null ? null : current.copy();
  }

  /** The mirrors' copy has a gap, or nobody needs it. */
  void forget() {
    GuardedCopy current = copy;
    if (current != null) {
      current.stop();
    }
  }

  /**
   * The stream that copies what goes to another one, always the same; null without a copy.
   *
   * @param jdks the JDK's own
   */
  @Nullable OutputStream body(OutputStream jdks) {
    WeakReference<@Nullable OutputStream> known = body;
    OutputStream made = known == null ? null : known.get();
    return made == null ? bodyOver(jdks) : made;
  }

  private @Nullable OutputStream bodyOver(OutputStream jdks) {
    KeptBody kept = judgement.kept();
    OutputStream keeping = kept == null ? jdks : new CopiedOutput(jdks, kept, Faults.ADAPTER);
    GuardedCopy current = copy;
    OutputStream made = current == null ? keeping : new CopiedOutput(keeping, current);
    if (made == jdks) {
      return null;
    }
    body = new WeakReference<>(made);
    return made;
  }

  /** The mirrors' copy whose body went through a stream of ours; null if there is none. */
  @Nullable RequestCopy streamed() {
    return body == null ? null : copy();
  }
}
