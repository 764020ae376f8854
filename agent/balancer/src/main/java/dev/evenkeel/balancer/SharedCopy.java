package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.balancer.mirror.MirroredRequest;
import dev.evenkeel.balancer.mirror.RequestBuffer;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.RequestReader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A finished copy, kept until the last of its mirrors is done with it. Thread-safe. */
final class SharedCopy {
  private final RequestBuffer buffer;
  private final MirroredRequest request;
  private final long bytes;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param due by mirror; at least one is
   */
  SharedCopy(RequestBuffer buffer, boolean[] due) {
    this.buffer = buffer;
    request = buffer.finished();
    bytes = buffer.bytes();
    int mirrors = 0;
    for (boolean isDue : due) {
      mirrors += isDue ? 1 : 0;
    }
    open.set(mirrors);
  }

  ForMirror callTo(Service mirror) {
    return new ForMirror(mirror);
  }

  /** What one mirror gets. Thread-safe. */
  final class ForMirror implements MirroredCall {
    private final Service mirror;
    private final AtomicBoolean isDone = new AtomicBoolean();

    private ForMirror(Service mirror) {
      this.mirror = mirror;
    }

    @Override
    public MirroredRequest request() {
      return request;
    }

    @Override
    public String mirror() {
      return mirror.state().name();
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public Exchange open() {
      return ServiceExchange.open(mirror, request, Reader.INSTANCE);
    }

    /** No other server than ours comes out of an exchange of ours. */
    @Override
    public TimeoutsSpec timeouts(Attempt attempt) {
      return ((ConfiguredServer) attempt.server()).timeouts();
    }

    @Override
    public void done() {
      if (isDone.compareAndSet(false, true) && open.decrementAndGet() == 0) {
        buffer.giveBack();
      }
    }
  }

  /** Reads a copy as adapters read their clients' requests. Stateless. */
  private static final class Reader implements RequestReader<MirroredRequest> {
    private static final Reader INSTANCE = new Reader();

    /** Copies are sent by the agent itself. */
    @Override
    public boolean speaksServersTls(MirroredRequest request) {
      return true;
    }

    @Override
    public String method(MirroredRequest request) {
      return request.method();
    }

    @Override
    public String target(MirroredRequest request) {
      return request.target();
    }

    @Override
    public @Nullable String header(MirroredRequest request, String name) {
      return name.equalsIgnoreCase("Host") ? request.authority() : request.header(name);
    }

    /** A mirror has no sessions: its cookies never reach the application. */
    @Override
    public @Nullable String cookies(MirroredRequest request) {
      return null;
    }
  }
}
