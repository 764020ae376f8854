package dev.evenkeel.runtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

/** Waits for threads. Immutable. */
public final class Threads {
  private Threads() {}

  public static void join(Thread thread) {
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(thread.isAlive()).as("%s lives", thread.getName()).isFalse();
  }
}
