package dev.evenkeel.balancer;

import dev.evenkeel.balancer.strategy.ResponseTimes;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.ResponseReader;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import java.lang.ref.PhantomReference;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One try of an exchange on one server. It goes from begun to answered, or to decided where the
 * answer says all there is to say of the server, to ended, or straight from begun to ended, and
 * never back: each step is one compare-and-set, so that what is counted is counted once, whichever
 * threads report it.
 *
 * <p>It is a reference to what its adapter holds of it: if the application loses a response without
 * an end, the garbage collector finds that out, and the attempt ends as one that was given up.
 * Thread-safe.
 */
final class ServerAttempt extends PhantomReference<HeldAttempt> {
  private static final AtomicIntegerFieldUpdater<ServerAttempt> PHASE =
      AtomicIntegerFieldUpdater.newUpdater(ServerAttempt.class, "phase");
  private static final int BEGUN = 0;
  private static final int ANSWERED = 1;
  private static final int DECIDED = 2;
  private static final int ENDED = 3;

  private static final int PHASES = 3;

  /** Added to the phase of an attempt that tries its server. */
  private static final int TRIAL = 4;

  /** Added to the phase of an attempt whose call goes on elsewhere. */
  private static final int LEFT = 8;

  /** Added to the phase of an attempt that rests, and once more by each look that finds it so. */
  private static final int REST = 16;

  private static final int RESTS = 7 * REST;

  /** So many looks, a minute apart, end it: it has rested for five minutes, at most for six. */
  private static final int MOST_RESTS = 6;

  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ServerState state;
  private final ServiceState service;
  private final @Nullable SetCookie setCookies;
  private final @Nullable MirrorTurn mirrors;
  private final Server server;
  private final long beginNanos;
  private final @Nullable ResponseTimes times;
  private @Nullable AtomicReferenceArray<@Nullable ServerAttempt> slots;
  private int slot;

  @SuppressWarnings("UnusedVariable") // PHASE reads it
  private volatile int phase = BEGUN;

  private ServerAttempt(
      HeldAttempt held,
      ServerState state,
      ServiceState service,
      @Nullable SetCookie setCookies,
      @Nullable MirrorTurn mirrors) {
    super(held, state.owner().open().lost());
    this.state = state;
    this.service = service;
    this.setCookies = setCookies;
    this.mirrors = mirrors;
    this.server = state.server();
    this.beginNanos = state.owner().ticker().nanos();
    times = state.owner().goesByTimes() ? state.times() : null;
    phase = state.condition().isOnTrial() ? TRIAL : BEGUN;
  }

  /**
   * Begins an attempt.
   *
   * @param held what the adapter will hold of it
   */
  static ServerAttempt begin(
      HeldAttempt held,
      ServerState state,
      ServiceState service,
      @Nullable SetCookie setCookies,
      @Nullable MirrorTurn mirrors) {
    ServerAttempt attempt = new ServerAttempt(held, state, service, setCookies, mirrors);
    long others = state.inFlight();
    state.owner().open().add(attempt, attempt.beginNanos ^ (state.hashCode() + (others << 32)));
    state.attemptBegins();
    if (attempt.times != null) {
      attempt.times.begins(attempt.beginNanos);
    }
    return attempt;
  }

  /** Where the attempt stands among the open ones; null for nowhere. */
  void standsIn(@Nullable AtomicReferenceArray<@Nullable ServerAttempt> newSlots, int newSlot) {
    slots = newSlots;
    slot = newSlot;
  }

  /** As {@link Attempt#server}. */
  Server server() {
    return server;
  }

  /** As {@link Attempt#setCookies}. */
  @Nullable SetCookie setCookies() {
    return setCookies;
  }

  /** As {@link Attempt#copy}. */
  @Nullable RequestCopy copy() {
    return mirrors == null ? null : mirrors.copy();
  }

  /**
   * The call goes on with another service, whatever becomes of this attempt: it is neither failed
   * by it, nor mirrored with it by those who see the call whole.
   *
   * @param inner the turns at mirrors that saw this attempt alone; null if there are none
   */
  void leave(@Nullable MirrorTurn inner) {
    MirrorTurn.leave(mirrors, inner);
    int before = phase;
    while ((before & PHASES) != ENDED && !PHASE.compareAndSet(this, before, before | LEFT)) {
      before = phase;
    }
  }

  /** As {@link Attempt#answered(int)}. */
  void answered(int status) {
    answered(status, null);
  }

  /** As {@link Attempt#answered(int, Object, ResponseReader)}. */
  <R> void answered(int status, R response, ResponseReader<R> reader) {
    boolean isBusy = state.verdicts().isBusyStatus(status);
    SessionTable sessions = state.owner().sessions();
    if (sessions != null) {
      sessions.learn(response, reader, state);
    }
    answered(status, isBusy ? reader.header(response, "Retry-After", 0) : null);
  }

  private void answered(int status, @Nullable String retryAfter) {
    int marks = phase & ~PHASES;
    int trial = marks & TRIAL;
    int next = state.verdicts().isDecidedBy(status) ? DECIDED : ANSWERED;
    if (!PHASE.compareAndSet(this, marks | BEGUN, marks | next)) {
      return;
    }
    long nowNanos = nowNanos();
    state.headersArrived(nowNanos - beginNanos);
    state.verdicts().answered(status, retryAfter, trial != 0, nowNanos);
    if (times != null) {
      boolean isFailure = status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS;
      times.answered(atLeastPenalty(nowNanos, isFailure), nowNanos);
    }
  }

  /** As {@link Attempt#rests}. */
  void rests(boolean isResting) {
    int before = phase;
    while ((before & PHASES) != ENDED && isResting != (before & RESTS) > 0) {
      int after = isResting ? before | REST : before & ~RESTS;
      if (PHASE.compareAndSet(this, before, after)) {
        return;
      }
      before = phase;
    }
  }

  /** Ends an attempt that rests for too long. Control thread, once a minute. */
  void lookWhetherItRests() {
    int before = phase;
    if ((before & PHASES) == ENDED || (before & RESTS) == 0) {
      return;
    }
    // Whoever changes the phase meanwhile is at work on it.
    if (PHASE.compareAndSet(this, before, before + REST) && (before & RESTS) == MOST_RESTS * REST) {
      lost();
    }
  }

  /**
   * Nobody holds the attempt any more, so nobody will end it: whoever lost it has given it up. A
   * client that fails tells its adapter so first, hence no server is to blame. Control thread.
   */
  void lost() {
    if (end(Outcome.CANCELLED)) {
      service.attemptLost();
      if (state.owner() != service) {
        state.owner().attemptLost();
      }
      state.owner().listener().callLost(service.name());
    }
  }

  /**
   * As {@link Attempt#end}.
   *
   * @return false if it had ended before
   */
  boolean end(Outcome outcome) {
    int before = PHASE.getAndSet(this, ENDED);
    int reached = before & PHASES;
    if (reached == ENDED) {
      return false;
    }
    if (slots != null) {
      slots.lazySet(slot, null);
    }
    boolean isTrial = (before & TRIAL) != 0;
    if (reached != DECIDED) {
      state.verdicts().ended(outcome, isTrial, nowNanos());
    }
    boolean isFailure = outcome == Outcome.CONNECT_FAILED || outcome == Outcome.IO_FAILED;
    if (times != null) {
      endTimes(times, reached == BEGUN, isFailure);
    }
    state.attemptEnds(isFailure);
    if (outcome == Outcome.IO_FAILED) {
      countFailure((before & LEFT) != 0);
    }
    if (mirrors != null) {
      mirrors.ended(outcome);
    }
    return true;
  }

  private void countFailure(boolean isLeft) {
    if (!isLeft) {
      service.exchangeFailed();
    }
    if (state.owner() != service) {
      state.owner().exchangeFailed();
    }
  }

  private long nowNanos() {
    return state.owner().ticker().nanos();
  }

  private void endTimes(ResponseTimes measured, boolean isWaiting, boolean isFailure) {
    long nowNanos = nowNanos();
    if (isWaiting) {
      measured.waitingEnds();
    }
    if (isFailure) {
      measured.record(atLeastPenalty(nowNanos, true), nowNanos);
    } else if (isWaiting) {
      measured.recordAtLeast(nowNanos - beginNanos, nowNanos);
    }
  }

  /** The time since the begin; a failure must not look fast, so it counts as a long one. */
  private long atLeastPenalty(long nowNanos, boolean isFailure) {
    long takenNanos = nowNanos - beginNanos;
    return isFailure ? Math.max(takenNanos, state.owner().penaltyNanos()) : takenNanos;
  }

  /** As {@link Attempt#again}. */
  Attempt again() {
    return new HeldAttempt(state, service, setCookies, mirrors == null ? null : mirrors.again());
  }
}
