package dev.evenkeel.balancer;

import java.util.List;

/** A service as people see it: live figures, readable from any thread. Thread-safe. */
public interface ServiceView {
  String name();

  /** The Traefik key of its kind, as {@code loadBalancer}. */
  String kind();

  /** The strategy's name, as {@code wrr}; empty for a kind that has none. */
  String strategy();

  /**
   * {@code UP} if at least one server, of its own or of a child, takes calls, else {@code DOWN};
   * {@code PANIC} while its servers take calls whatever their health.
   */
  String status();

  /** Its own servers, in configured order. */
  List<ServerView> servers();

  /** The names of its child services, in configured order. */
  List<String> children();

  /** Sticky sessions that this process remembers; those by a cookie of ours are not counted. */
  long sessionCount();

  /** Exchanges opened, and those of a parent that came by. */
  long calls();

  /** Exchanges that found no server or ended with a failure. */
  long failures();

  /** Attempts after the first of an exchange. */
  long retries();

  /**
   * Calls whose response the application lost without closing it or reading it to its end, or left
   * unread for five minutes.
   */
  long lostCalls();

  /** Copies of calls that were handed to its mirrors. */
  long mirrorsSent();

  /** Copies that were due and could not be made or handed over. */
  long mirrorsDropped();
}
