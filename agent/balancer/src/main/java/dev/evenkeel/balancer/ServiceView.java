package dev.evenkeel.balancer;

import java.util.List;

/** A service as people see it: live figures, readable from any thread. Thread-safe. */
public interface ServiceView {
  String name();

  /** The Traefik key of its kind, as {@code loadBalancer}. */
  String kind();

  /** The strategy's name, as {@code wrr}. */
  String strategy();

  /** {@code UP} if at least one server takes calls, else {@code DOWN}. */
  String status();

  /** In configured order. */
  List<ServerView> servers();

  /** Exchanges opened. */
  long calls();

  /** Exchanges that found no server or ended with a failure. */
  long failures();

  /** Attempts after the first of an exchange. */
  long retries();
}
