package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Records what the adapter reports; can be told to fail in each of its methods. Thread-safe. */
public final class FakeAttempt implements Attempt {
  private final FakeBalancer balancer;
  private final FakeServer server;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile int status;
  private volatile boolean isResting;

  /** An attempt that fails where {@code balancer} is told to. */
  public FakeAttempt(FakeBalancer balancer, FakeServer server) {
    this.balancer = balancer;
    this.server = server;
  }

  @Override
  public Server server() {
    balancer.failIfPlanted("server");
    return server;
  }

  @Override
  public @Nullable SetCookie setCookies() {
    balancer.failIfPlanted("setCookie");
    String value = balancer.setCookie();
    return value == null ? null : new SetCookie(value, null);
  }

  @Override
  public @Nullable RequestCopy copy() {
    balancer.failIfPlanted("copy");
    return balancer.beginCopy();
  }

  @Override
  public void answered(int newStatus) {
    balancer.failIfPlanted("answered");
    status = newStatus;
  }

  @Override
  public void rests(boolean isNowResting) {
    balancer.failIfPlanted("rests");
    isResting = isNowResting;
  }

  @Override
  public void end(Outcome newOutcome) {
    outcome.complete(newOutcome);
    balancer.failIfPlanted("end");
  }

  @Override
  public Attempt again() {
    balancer.failIfPlanted("again");
    return balancer.begin(server);
  }

  /** 0 before an answer. */
  public int status() {
    return status;
  }

  /** True while a part of the response's body waits for the application. */
  public boolean isResting() {
    return isResting;
  }

  /** True once it has an outcome. */
  public boolean isEnded() {
    return outcome.isDone();
  }

  /** How it ended; waits for the end. */
  public Outcome outcome() {
    return outcome.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public String toString() {
    return server + " " + status + " " + outcome.getNow(null);
  }
}
