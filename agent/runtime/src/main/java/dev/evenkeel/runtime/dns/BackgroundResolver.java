package dev.evenkeel.runtime.dns;

import dev.evenkeel.balancer.Resolver;
import dev.evenkeel.runtime.socket.AgentThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks the JVM's own resolver, with its caches and its hosts file, each look-up on a daemon thread
 * that nothing else waits for: the JVM gives a look-up no timeout. There is one at a time per name,
 * so there are never more threads than names. Thread-safe.
 */
public final class BackgroundResolver implements Resolver, AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final Lookup lookup;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new AgentThreadFactory("dns"),
          new ThreadPoolExecutor.DiscardPolicy());

  /** What is asked; may take as long as it likes. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /** Starts no thread yet. */
  public BackgroundResolver() {
    this(InetAddress::getAllByName);
  }

  BackgroundResolver(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void resolve(String host, Consumer<Answer> done) {
    threads.execute(() -> done.accept(answer(host)));
  }

  private Answer answer(String host) {
    try {
      InetAddress[] found = lookup.addressesOf(host);
      return new Answer(Arrays.stream(found).map(InetAddress::getHostAddress).toList(), null);
    } catch (UnknownHostException e) {
      return Answer.failed("unknown host");
    } catch (Throwable e) { // A resolver of the application's may be a provider that does not link.
      return Answer.failed(e.toString());
    }
  }

  /** Ends idle threads now and the others after their look-up; later look-ups are not made. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
