package dev.evenkeel.runtime.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Resolver.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundResolverTest {
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final BackgroundResolver resolver = new BackgroundResolver(this::lookUp);

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    threads.add(Thread.currentThread());
    return switch (host) {
      case "both" ->
          new InetAddress[] {
            InetAddress.getByName("10.0.0.2"), InetAddress.getByName("2001:db8::1")
          };
      case "hanging" -> {
        awaitQuietly();
        yield new InetAddress[] {InetAddress.getByName("10.0.0.9")};
      }
      case "broken" -> throw new IllegalStateException("no resolver");
      case "unlinked" -> throw new NoClassDefFoundError("Provider");
      default -> throw new UnknownHostException(host + ": Name or service not known");
    };
  }

  private void awaitQuietly() {
    try {
      hang.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    hang.countDown();
    resolver.close();
  }

  @Test
  void resolve_aName_givesItsAddressesOnADaemonThread() throws Exception {
    resolver.resolve("both", answers::add);

    assertThat(answers.take())
        .isEqualTo(new Answer(List.of("10.0.0.2", "2001:db8:0:0:0:0:0:1"), null));
    Thread thread = threads.take();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).startsWith("evenkeel-dns-");
  }

  @Test
  void resolve_anUnknownNameOrAFault_saysSo() throws Exception {
    resolver.resolve("unknown", answers::add);
    assertThat(answers.take()).isEqualTo(Answer.failed("unknown host"));

    resolver.resolve("broken", answers::add);
    assertThat(answers.take())
        .isEqualTo(Answer.failed("java.lang.IllegalStateException: no resolver"));

    resolver.resolve("unlinked", answers::add);
    assertThat(answers.take()).isEqualTo(Answer.failed("java.lang.NoClassDefFoundError: Provider"));
  }

  @Test
  void resolve_whileOthersHang_isAnswered() throws Exception {
    for (int i = 0; i < 20; i++) {
      resolver.resolve("hanging", answer -> {});
    }

    resolver.resolve("both", answers::add);

    assertThat(answers.take().addresses()).hasSize(2);
  }

  @Test
  void resolve_afterClose_isNotMade() {
    resolver.close();

    resolver.resolve("both", answers::add);

    assertThat(threads).isEmpty();
    assertThat(answers).isEmpty();
  }
}
