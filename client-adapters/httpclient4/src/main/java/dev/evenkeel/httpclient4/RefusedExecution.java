package dev.evenkeel.httpclient4;

/**
 * The execution of a call that found no server: over before a connection is asked for. Immutable.
 */
final class RefusedExecution extends OwnExecution {
  RefusedExecution() {
    super(null);
  }

  @Override
  public boolean isAborted() {
    return true;
  }
}
