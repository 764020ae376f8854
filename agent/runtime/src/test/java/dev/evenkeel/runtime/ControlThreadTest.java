package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlThreadTest {
  private final List<Throwable> faults = new ArrayList<>();
  private final ControlThread control = new ControlThread(faults::add);

  @AfterEach
  void close() {
    control.close();
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck")
  void thread_firstUsedByTheApplication_isNoChildOfItsThread() throws InterruptedException {
    ThreadGroup group = new ThreadGroup("application's");
    Thread application = new Thread(group, () -> control.execute(() -> {}));
    application.setPriority(Thread.MIN_PRIORITY);
    application.start();
    application.join();

    Thread made = control.call(Thread::currentThread);

    assertThat(made.getThreadGroup().getParent()).isNull();
    assertThat(made.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
    assertThat(made.isDaemon()).isTrue();
    assertThat(made.getContextClassLoader()).isSameAs(ControlThread.class.getClassLoader());
  }

  @Test
  void task_thatThrows_isAFaultAndTheThreadGoesOn() {
    Thread before = control.call(Thread::currentThread);

    control.execute(
        () -> {
          throw new AssertionError("task");
        });

    assertThat(control.call(Thread::currentThread)).isSameAs(before);
    assertThat(faults).singleElement().asString().contains("task");
  }
}
