package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.RequestReader;
import java.net.ConnectException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A balancer that gives up the first response of an exchange, if it has one of these statuses, for
 * that of the next server. Thread-safe but for its settings.
 */
public final class GivingUp implements Balancer {
  private final FakeBalancer balancer;
  private final List<Integer> statuses;
  private long maxBodyBytes = Long.MAX_VALUE;
  private boolean isFailingAfterwards;

  /** Opens the exchanges of {@code balancer}. */
  public GivingUp(FakeBalancer balancer, Integer... statuses) {
    this.balancer = balancer;
    this.statuses = List.of(statuses);
  }

  /** Limits the bodies of requests that may have to be sent again. */
  public void limitBodies(long bytes) {
    maxBodyBytes = bytes;
  }

  /** Has no next server after a response was given up, but a fault. */
  public void failAfterwards() {
    isFailingAfterwards = true;
  }

  @Override
  public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
    Exchange exchange = balancer.open(host, request, reader);
    return exchange == null ? null : new Judged(exchange);
  }

  @Override
  public void fault(String adapter, Throwable fault) {
    balancer.fault(adapter, fault);
  }

  private final class Judged implements Exchange {
    private final Exchange exchange;
    private boolean isUnderWay;

    Judged(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public String service() {
      return exchange.service();
    }

    @Override
    public @Nullable Attempt next() {
      if (isUnderWay && isFailingAfterwards) {
        throw new IllegalStateException("planted in next");
      }
      return exchange.next();
    }

    @Override
    public long maxBodyBytes() {
      return isUnderWay ? Long.MAX_VALUE : maxBodyBytes;
    }

    @Override
    public @Nullable KeptBody keepBody(long contentLength) {
      return isUnderWay ? null : new FakeKeptBody();
    }

    @Override
    public boolean giveUp(int status) {
      boolean isGivenUp = !isUnderWay && statuses.contains(status);
      isUnderWay |= isGivenUp;
      return isGivenUp;
    }

    @Override
    public ConnectException unavailable() {
      return exchange.unavailable();
    }
  }
}
