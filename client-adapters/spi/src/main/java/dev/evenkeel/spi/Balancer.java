package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * The balancer as an adapter sees it: one question per call, "is this call ours?". Thread-safe.
 *
 * <p>Every method may be called on a request thread: none locks, blocks or resolves a name.
 */
public interface Balancer {
  /**
   * Balances nothing: what adapters meet before the configuration is loaded and after the agent is
   * off.
   */
  Balancer NONE =
      new Balancer() {
        @Override
        public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
          return null;
        }

        @Override
        public void fault(String adapter, Throwable fault) {}
      };

  /**
   * Opens the exchange of one call, or says that the call is not ours at the cost of one look-up.
   *
   * @param host the logical host as the client has it, without port; upper case and a trailing dot
   *     are tolerated, an IPv6 literal may stand in brackets
   * @param request the client's own request object, handed to {@code reader} and not kept
   * @param reader the adapter's way of reading {@code request}
   * @return the exchange, or null: the call goes where the application sent it
   */
  <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader);

  /**
   * Counts a fault of an adapter's own, and logs it at most once a minute. Never throws.
   *
   * @param adapter the adapter's name, as {@link ClientAdapter#name()}
   */
  void fault(String adapter, Throwable fault);
}
