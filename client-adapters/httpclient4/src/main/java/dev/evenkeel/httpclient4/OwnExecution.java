package dev.evenkeel.httpclient4;

import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * An execution of ours: by its type the advice knows that the pass through the step is our own, and
 * lets it be. Thread-safe where the application's is.
 */
class OwnExecution implements HttpExecutionAware {
  private final @Nullable HttpExecutionAware theirs;

  OwnExecution(@Nullable HttpExecutionAware theirs) {
    this.theirs = theirs;
  }

  @Override
  public boolean isAborted() {
    return theirs != null && theirs.isAborted();
  }

  @Override
  public void setCancellable(Cancellable cancellable) {
    if (theirs != null) {
      theirs.setCancellable(cancellable);
    }
  }
}
