package dev.evenkeel.balancer;

import dev.evenkeel.spi.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an attempt came by a service with mirrors, and the copy it leaves there.
 *
 * <p>Which mirrors are due is drawn when the request is about to be sent, and not with the pick: an
 * attempt that finds no connection is no call, and moves no mirror's share. Thread-safe.
 */
final class MirrorTurn {
  private final MirroringService service;
  private final @Nullable MirrorTurn next;
  private volatile boolean isCopyAskedFor;
  private volatile boolean isOver;
  private volatile @Nullable MirrorCopy copy;
  private volatile boolean isNoneDue;
  private volatile boolean isLeft;

  /**
   * @param next the turn at a service inside this one; null if there is none
   */
  MirrorTurn(MirroringService service, @Nullable MirrorTurn next) {
    this.service = service;
    this.next = next;
  }

  /** The same way once more, for another attempt. */
  MirrorTurn again() {
    return new MirrorTurn(service, next == null ? null : next.again());
  }

  /**
   * The outer turns of a call that goes on elsewhere, for its next attempt.
   *
   * @param from the outermost turn; null if there is none
   * @param until the first of the inner turns, which stay with the attempt before
   * @param inner what follows instead
   */
  @SuppressWarnings("ReferenceEquality") // a turn is itself
  static @Nullable MirrorTurn between(
      @Nullable MirrorTurn from, @Nullable MirrorTurn until, @Nullable MirrorTurn inner) {
    return from == null || from == until
        ? inner
        : new MirrorTurn(from.service, between(from.next, until, inner));
  }

  /** Gives up what the outer turns have copied: the call's next attempt is copied for them. */
  @SuppressWarnings("ReferenceEquality") // a turn is itself
  static void leave(@Nullable MirrorTurn from, @Nullable MirrorTurn until) {
    for (MirrorTurn turn = from; turn != null && turn != until; turn = turn.next) {
      turn.isLeft = true;
    }
  }

  /** Null if no mirror is due. A fault stays here. */
  @Nullable MirrorCopy copy() {
    try {
      return begin();
    } catch (Throwable fault) {
      service.state().faulted(fault);
      return null;
    }
  }

  private @Nullable MirrorCopy begin() {
    if (isOver) {
      return null;
    }
    MirrorCopy before = copy;
    if (before != null) {
      before.withdraw();
    }
    MirrorCopy others = next == null ? null : next.copy();
    isCopyAskedFor = true;
    copy = null;
    boolean[] due = draw();
    isNoneDue = due == null;
    MirrorCopy made = due == null ? null : MirrorCopy.begin(service, due, others);
    copy = made;
    if (made != null && isOver) {
      made.withdraw(); // It ended on another thread meanwhile, which may not have seen the copy.
    }
    return made == null ? others : made;
  }

  /** The attempt is over. A fault stays here. */
  void ended(Outcome outcome) {
    isOver = true;
    try {
      settle(outcome);
    } catch (Throwable fault) {
      service.state().faulted(fault);
    }
    if (next != null) {
      next.ended(outcome);
    }
  }

  private void settle(Outcome outcome) {
    boolean isCall = !isLeft && (outcome == Outcome.COMPLETED || outcome == Outcome.IO_FAILED);
    MirrorCopy made = copy;
    copy = null; // A client may keep its attempt with an idle connection, and a body with it.
    if (made != null && isCall) {
      made.callEnded();
    } else if (made != null) {
      made.withdraw();
    } else if (isLeft && isNoneDue) {
      takeBack();
    } else if (isCall && !isCopyAskedFor) {
      notCopied();
    }
  }

  /** The call's next attempt draws for it again. */
  private void takeBack() {
    List<Mirror> mirrors = service.mirrors();
    for (int i = 0; i < mirrors.size(); i++) {
      mirrors.get(i).share().takeBack(mirrors.get(i).percent(), false);
    }
  }

  /** The client has no way to copy its requests: what would have been mirrored is dropped. */
  private void notCopied() {
    boolean[] due = draw();
    for (int i = 0; due != null && i < due.length; i++) {
      if (due[i]) {
        service.state().copyDropped();
      }
    }
  }

  private boolean @Nullable [] draw() {
    List<Mirror> mirrors = service.mirrors();
    boolean[] due = new boolean[mirrors.size()];
    boolean isAnyDue = false;
    for (int i = 0; i < due.length; i++) {
      Mirror mirror = mirrors.get(i);
      due[i] = mirror.share().draw(mirror.percent());
      isAnyDue |= due[i];
    }
    return isAnyDue ? due : null;
  }
}
