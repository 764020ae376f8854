package dev.evenkeel.scenarios.differential.subjects;

import java.net.Authenticator;
import java.net.PasswordAuthentication;

/** Gives its password, and writes down what it is told of who asks. Thread-safe. */
final class WatchedAuthenticator extends Authenticator {
  private final Seen seen;

  WatchedAuthenticator(Seen seen) {
    this.seen = seen;
  }

  @Override
  protected PasswordAuthentication getPasswordAuthentication() {
    seen.add(
        "authenticator "
            + getRequestingHost()
            + " "
            + getRequestingSite()
            + " "
            + getRequestingPort()
            + " "
            + getRequestingProtocol()
            + " "
            + getRequestingScheme()
            + " "
            + getRequestingPrompt()
            + " "
            + getRequestingURL()
            + " "
            + getRequestorType());
    return new PasswordAuthentication(Subject.USER, Subject.PASSWORD.toCharArray());
  }
}
