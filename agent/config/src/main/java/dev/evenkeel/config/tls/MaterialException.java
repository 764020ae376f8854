package dev.evenkeel.config.tls;

/** A certificate or key that is none; the message tells nothing of its content. Immutable. */
public final class MaterialException extends Exception {
  private static final long serialVersionUID = 1;

  MaterialException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
