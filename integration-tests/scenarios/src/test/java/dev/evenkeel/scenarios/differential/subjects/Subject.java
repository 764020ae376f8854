package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.util.List;

/**
 * A client library with its cookie store, its authenticator, and its observers, as one application
 * sets it up. Not thread-safe; one per exchange.
 */
interface Subject extends AutoCloseable {
  String USER = "ann";
  String PASSWORD = "secret";

  /**
   * Makes a call and reads its answer to the end.
   *
   * @param headers names and values
   */
  void call(Call call, String url, List<String[]> headers) throws Exception;

  @Override
  void close() throws IOException;

  /** Sets up a client. Stateless. */
  @FunctionalInterface
  interface Factory {
    Subject open(Seen seen, Wire wire) throws Exception;
  }
}
