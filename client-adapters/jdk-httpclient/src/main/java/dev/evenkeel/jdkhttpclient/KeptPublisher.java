package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.KeptBody;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * A request body that was kept when it was sent, with the length that the application's publisher
 * gave it. Thread-safe.
 *
 * @param contentLength bytes; -1 if the publisher did not say
 */
record KeptPublisher(KeptBody kept, long contentLength) implements BodyPublisher {
  private static final String OF_THE_JDK = "jdk.internal.net.http.RequestPublishers$";

  /** Those that give the same bytes to each subscriber, whatever the application gave them. */
  private static final Set<String> REPEATABLE =
      Set.of(
          OF_THE_JDK + "ByteArrayPublisher",
          OF_THE_JDK + "StringPublisher",
          OF_THE_JDK + "EmptyPublisher",
          OF_THE_JDK + "FilePublisher");

  /** False for one of which only the application knows whether it can be read twice. */
  static boolean isRepeatable(BodyPublisher publisher) {
    return publisher.contentLength() == 0 || REPEATABLE.contains(publisher.getClass().getName());
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    BodyPublishers.ofInputStream(kept::open).subscribe(subscriber);
  }
}
