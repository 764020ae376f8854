package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.spec.SaturationSpec;
import dev.evenkeel.spi.Outcome;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What calls say of one server. Request threads count here with atomics, and tell the control
 * thread once a limit is reached: one message at a time, however many calls fail meanwhile. A call
 * that goes well reads two fields and writes none. Thread-safe, except for the methods that are
 * said to be the control thread's.
 */
final class CallVerdicts {
  private static final int FIRST_SERVER_ERROR = 500;
  private static final BitSet NONE = new BitSet();

  private final ServerState server;
  private final ServerEvents events;
  private final AtomicBoolean isFailureTold = new AtomicBoolean();
  private final AtomicBoolean isTrialTaken = new AtomicBoolean();
  private final AtomicReference<@Nullable BusyAnswer> busyAnswer = new AtomicReference<>();
  private volatile @Nullable FailureRun run;

  /** Never changed once it stands here. */
  private volatile BitSet busyStatuses = NONE;

  /** A server's word that it is busy. Immutable. */
  record BusyAnswer(int status, @Nullable String retryAfter) {}

  CallVerdicts(ServerState server, ServerEvents events) {
    this.server = server;
    this.events = events;
  }

  /** Takes over the configuration; a run of failures goes on if its rules stay. Control thread. */
  void configure(LoadBalancerSpec service) {
    PassiveHealthCheckSpec passive = service.passiveHealthCheck();
    FailureRun known = run;
    if (passive == null) {
      run = null;
    } else if (known == null || !known.spec().equals(passive)) {
      run = new FailureRun(passive);
    }
    SaturationSpec saturation = service.extras().health().saturation();
    BitSet statuses = new BitSet();
    if (saturation != null) {
      saturation.statuses().forEach(statuses::set);
    }
    busyStatuses = statuses;
  }

  /** Whether a server that answers this is busy. */
  boolean isBusyStatus(int status) {
    return status >= 0 && busyStatuses.get(status);
  }

  /** Whether such an answer decides by itself: how the call ends then says nothing more. */
  boolean isDecidedBy(int status) {
    return status >= FIRST_SERVER_ERROR || isBusyStatus(status);
  }

  /** Headers arrived. */
  void answered(int status, @Nullable String retryAfter, boolean isTrial, long nowNanos) {
    if (isBusyStatus(status)) {
      BusyAnswer before = busyAnswer.getAndSet(new BusyAnswer(status, retryAfter));
      if (before == null) {
        events.saidBusy(server);
      }
    } else if (status >= FIRST_SERVER_ERROR) {
      failed(status, "", isTrial, nowNanos);
      return;
    }
    if (isTrial) {
      events.trialEnded(server, null);
    }
  }

  /** A call ended whose answer, if there was one, had not decided. */
  void ended(Outcome outcome, boolean isTrial, long nowNanos) {
    switch (outcome) {
      case COMPLETED -> succeeded();
      case CONNECT_FAILED -> failed(0, "could not be reached", isTrial, nowNanos);
      case IO_FAILED -> failed(0, "connection failed", isTrial, nowNanos);
      case CANCELLED -> {}
    }
    if (isTrial && outcome == Outcome.CANCELLED) {
      isTrialTaken.set(false);
    }
  }

  private void succeeded() {
    FailureRun now = run;
    if (now != null) {
      now.succeeded();
    }
  }

  private void failed(int status, String text, boolean isTrial, long nowNanos) {
    FailureRun now = run;
    if (now == null) {
      return;
    }
    boolean isLimit = now.failed(nowNanos);
    if (isTrial && server.condition().isOnTrial()) {
      events.trialEnded(server, cause(status, text));
    } else if (isLimit && isFailureTold.compareAndSet(false, true)) {
      events.callsFailed(server, cause(status, text));
    }
  }

  private static String cause(int status, String text) {
    return status == 0 ? text : "answered " + status;
  }

  /** The one call that tries a server on trial; false if there is one already. */
  boolean takesTrial() {
    return isTrialTaken.compareAndSet(false, true);
  }

  boolean isTrialTaken() {
    return isTrialTaken.get();
  }

  /** Another call may try the server. Control thread. */
  void freeTrial() {
    isTrialTaken.set(false);
  }

  /** The message of failed calls has been read: another may be sent. Control thread. */
  void readFailure() {
    isFailureTold.set(false);
  }

  /** The newest word that the server is busy, once; null if it was taken. Control thread. */
  @Nullable BusyAnswer takeBusyAnswer() {
    return busyAnswer.getAndSet(null);
  }

  /** The failures so far do not count any more. Control thread. */
  void forgetFailures() {
    succeeded();
  }
}
