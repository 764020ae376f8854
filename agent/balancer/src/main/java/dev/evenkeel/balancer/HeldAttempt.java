package dev.evenkeel.balancer;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.ResponseReader;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its adapter holds it. Nothing of the balancer's refers to it, so that it is lost
 * when the client and the application have lost it, and with it the way to {@link #end}.
 *
 * <p>Lost it must not be while it is ending: hence the fences. Thread-safe.
 */
final class HeldAttempt implements Attempt {
  private final ServerAttempt attempt;

  HeldAttempt(
      ServerState state,
      ServiceState service,
      @Nullable SetCookie setCookies,
      @Nullable MirrorTurn mirrors) {
    attempt = ServerAttempt.begin(this, state, service, setCookies, mirrors);
  }

  /** What the balancer knows of it, which does not keep it. */
  ServerAttempt attempt() {
    return attempt;
  }

  @Override
  public Server server() {
    return attempt.server();
  }

  @Override
  public @Nullable SetCookie setCookies() {
    return attempt.setCookies();
  }

  @Override
  public @Nullable RequestCopy copy() {
    return attempt.copy();
  }

  @Override
  public void answered(int status) {
    try {
      attempt.answered(status);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public <R> void answered(int status, R response, ResponseReader<R> reader) {
    try {
      attempt.answered(status, response, reader);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void rests(boolean isResting) {
    attempt.rests(isResting);
  }

  @Override
  public void end(Outcome outcome) {
    try {
      attempt.end(outcome);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public Attempt again() {
    return attempt.again();
  }
}
