package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.Fate;
import dev.evenkeel.balancer.mirror.RequestBuffer;
import dev.evenkeel.spi.RequestCopy;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The copy of one request, for the mirrors of one service that are due.
 *
 * <p>It goes from gathering to whole to over, or from either straight to over, by compare-and-set:
 * the request may still be written by one thread while another ends the call. Who sets it over
 * decides what becomes of it. Thread-safe, except that one thread at a time fills it.
 */
final class MirrorCopy implements RequestCopy {
  private static final AtomicIntegerFieldUpdater<MirrorCopy> PHASE =
      AtomicIntegerFieldUpdater.newUpdater(MirrorCopy.class, "phase");
  private static final int GATHERING = 0;
  private static final int WHOLE = 1;
  private static final int OVER = 2;

  private final MirroringService service;
  private final boolean[] due;
  private final RequestBuffer buffer;
  private final @Nullable MirrorCopy next;
  private volatile int phase = GATHERING;

  private MirrorCopy(
      MirroringService service, boolean[] due, RequestBuffer buffer, @Nullable MirrorCopy next) {
    this.service = service;
    this.due = due;
    this.buffer = buffer;
    this.next = next;
  }

  /**
   * An empty copy.
   *
   * @param due by mirror
   * @param next the copy for another service on the way, which is filled with this one; may be null
   * @return null without room
   */
  static @Nullable MirrorCopy begin(
      MirroringService service, boolean[] due, @Nullable MirrorCopy next) {
    RequestBuffer buffer =
        RequestBuffer.of(
            service.state().sender().budget(),
            service.spec().isBodyMirrored(),
            service.spec().maxBodyBytes());
    if (buffer == null) {
      settle(service, due, Fate.NO_ROOM);
      return null;
    }
    return new MirrorCopy(service, due, buffer, next);
  }

  @Override
  public void begin(String method, String authority, String target) {
    if (phase == GATHERING) {
      try {
        check(buffer.begin(method, authority, target));
      } catch (Throwable fault) {
        broken(fault);
      }
    }
    if (next != null) {
      next.begin(method, authority, target);
    }
  }

  @Override
  public void header(String name, String value) {
    if (phase == GATHERING) {
      try {
        check(buffer.header(name, value));
      } catch (Throwable fault) {
        broken(fault);
      }
    }
    if (next != null) {
      next.header(name, value);
    }
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    if (phase == GATHERING) {
      try {
        check(buffer.body(bytes, offset, length));
        if (buffer.isWhole()) {
          PHASE.compareAndSet(this, GATHERING, WHOLE);
        }
      } catch (Throwable fault) {
        broken(fault);
      }
    }
    if (next != null) {
      next.body(bytes, offset, length);
    }
  }

  @Override
  public void end() {
    if (phase == GATHERING) {
      check(buffer.end());
      PHASE.compareAndSet(this, GATHERING, WHOLE);
    }
    if (next != null) {
      next.end();
    }
  }

  /** What fills this is the application's own thread, in the middle of sending its request. */
  private void broken(Throwable fault) {
    service.state().faulted(fault);
    giveUp(Fate.UNFIT);
  }

  private void check(@Nullable Fate fate) {
    if (fate != null) {
      giveUp(fate);
    }
  }

  /** The application gave the call up, or it is repeated. */
  void withdraw() {
    giveUp(Fate.WITHDRAWN);
  }

  private void giveUp(Fate fate) {
    if (PHASE.getAndSet(this, OVER) != OVER) {
      letGo(fate);
    }
  }

  private void letGo(Fate fate) {
    buffer.giveBack();
    settle(service, due, fate);
  }

  /** The call has had its answer, or has failed: mirrors may begin. */
  void callEnded() {
    int before = PHASE.getAndSet(this, OVER);
    if (before == WHOLE) {
      handOver();
    } else if (before == GATHERING) {
      letGo(Fate.UNFIT);
    }
  }

  private void handOver() {
    SharedCopy shared = new SharedCopy(buffer, due);
    List<Mirror> mirrors = service.mirrors();
    MirroringState state = service.state();
    for (int i = 0; i < due.length; i++) {
      if (due[i]) {
        SharedCopy.ForMirror call = shared.callTo(mirrors.get(i).service());
        send(call, state);
      }
    }
  }

  private static void send(SharedCopy.ForMirror call, MirroringState state) {
    boolean isTaken = false;
    try {
      isTaken = state.sender().send(call);
    } finally {
      if (isTaken) {
        state.copySent();
      } else {
        call.done();
        state.copyDropped();
      }
    }
  }

  private static void settle(MirroringService service, boolean[] due, Fate fate) {
    List<Mirror> mirrors = service.mirrors();
    for (int i = 0; i < due.length; i++) {
      Mirror mirror = mirrors.get(i);
      if (due[i] && fate.isDrop()) {
        service.state().copyDropped();
      }
      if (fate.isDrawTakenBack()) {
        mirror.share().takeBack(mirror.percent(), due[i]);
      }
    }
  }
}
