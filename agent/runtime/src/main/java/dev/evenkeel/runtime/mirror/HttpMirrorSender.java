package dev.evenkeel.runtime.mirror;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.socket.AgentThreadFactory;
import dev.evenkeel.runtime.socket.KeptTls;
import dev.evenkeel.runtime.socket.TlsContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends copies of calls on at most {@value #MAX_THREADS} daemon threads, which end when idle.
 *
 * <p>Threads of the application put calls into lines without a lock and wake a thread; an executor
 * would have them lock, and would start its threads on them: up to JDK 23 such a thread keeps the
 * class loaders of whatever code was on the stack. So the control thread starts them, and asking it
 * to is all that costs more than a few atomic steps. Thread-safe.
 */
public final class HttpMirrorSender implements MirrorSender, AutoCloseable {
  static final int MAX_THREADS = 16;
  static final int MAX_COPIES = 1000;

  /** Over everything that happens for one copy. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final long IDLE_SECONDS = 10;
  private static final long MAX_BYTES = 64 << 20;

  /** Of the heap, where that is small. */
  private static final int PART_OF_HEAP = 16;

  private final ControlLoop control;
  private final AgentLog log;
  private final MirrorBudget budget;
  private final MirrorConversations conversations;
  private final AgentThreadFactory factory = new AgentThreadFactory("mirror");
  private final MirrorLines lines;
  private final Semaphore signals = new Semaphore(0);
  private final AtomicInteger threads = new AtomicInteger();
  private volatile boolean isClosed;

  /**
   * A sender without a thread.
   *
   * @param control starts threads, and ends what has taken its time
   * @param log hears of faults of ours; what a mirror does wrong is in its figures
   */
  public HttpMirrorSender(ControlLoop control, Ticker ticker, AgentLog log) {
    this(control, ticker, log, new KeptTls(), budgetOf(Runtime.getRuntime().maxMemory()));
  }

  HttpMirrorSender(
      ControlLoop control, Ticker ticker, AgentLog log, TlsContext tls, MirrorBudget budget) {
    this.control = control;
    this.log = log;
    this.budget = budget;
    lines = new MirrorLines(MAX_THREADS, budget, this::letIn);
    conversations = new MirrorConversations(control, ticker, tls);
  }

  static MirrorBudget budgetOf(long heapBytes) {
    return new MirrorBudget(Math.min(MAX_BYTES, heapBytes / PART_OF_HEAP), MAX_COPIES);
  }

  @Override
  public MirrorBudget budget() {
    return budget;
  }

  @Override
  public boolean send(MirroredCall call) {
    boolean isTaken = !isClosed && lines.join(call);
    if (isClosed) {
      giveUpWaiting(); // it may have been closed in between
    }
    return isTaken;
  }

  private void letIn() {
    signals.release();
    startIfNeeded();
  }

  /** Counted before they run, so that a burst asks for no more threads than there is work. */
  private void startIfNeeded() {
    int started = threads.get();
    while (!isClosed && started < Math.min(MAX_THREADS, lines.held())) {
      if (threads.compareAndSet(started, started + 1)) {
        control.execute(this::startOne);
        return;
      }
      started = threads.get();
    }
  }

  private void startOne() {
    try {
      factory.newThread(this::work).start();
    } catch (Throwable noThread) {
      threads.decrementAndGet();
      log.fault("mirror", "no thread for mirrors: " + noThread, noThread);
    }
  }

  private void work() {
    try {
      while (!isClosed && signals.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS)) {
        sendNext();
      }
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      threads.decrementAndGet();
      // A call may have come between the last look and this: it took this thread for an idle one.
      startIfNeeded();
    }
  }

  private void sendNext() {
    MirrorLines.Turn turn = lines.next();
    if (turn == null) {
      return;
    }
    try {
      conversations.send(turn.call());
    } catch (Throwable fault) {
      log.fault("mirror", "fault while sending a copy of a call: " + fault, fault);
    } finally {
      turn.call().done();
      lines.end(turn);
    }
  }

  /** Gives up what waits and takes no more; what is being sent ends by itself. */
  @Override
  public void close() {
    isClosed = true;
    giveUpWaiting();
    signals.release(MAX_THREADS);
  }

  private void giveUpWaiting() {
    for (MirroredCall call = lines.leave(); call != null; call = lines.leave()) {
      call.done();
    }
  }
}
