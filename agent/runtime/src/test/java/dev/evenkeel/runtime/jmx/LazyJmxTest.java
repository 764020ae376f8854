package dev.evenkeel.runtime.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.State;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.ForkedJvm;
import dev.evenkeel.runtime.log.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking for an MBean server must not start one, nor the application's log manager. */
class LazyJmxTest {
  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("dev.evenkeel.runtime.log.ForkedJvm#jdks")
  void lookUp_withoutAnMBeanServer_createsNoneAndStartsNoLogging(Path jdk) throws Exception {
    Path loaded = directory.resolve("loaded.txt");

    List<String> output =
        ForkedJvm.run(jdk, NoServer.class, "-Xlog:class+load:file=" + loaded + ":tags");

    assertThat(output).containsExactly("registered: false", "servers: 0");
    List<String> classes = Files.readAllLines(loaded);
    assertThat(classes).anyMatch(line -> line.contains("javax.management.MBeanServerFactory "));
    assertThat(classes)
        .noneMatch(line -> line.contains(" java.util.logging."))
        .noneMatch(line -> line.contains(" sun.util.logging."))
        .noneMatch(line -> line.contains(" java.lang.System$Logger "))
        .noneMatch(line -> line.contains(" java.lang.management."))
        .noneMatch(line -> line.contains(" com.sun.jmx."))
        .noneMatch(line -> line.contains(" javax.management.MBeanServerBuilder "))
        .noneMatch(line -> line.contains(" javax.management.StandardMBean "));
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.runtime.log.ForkedJvm#jdks")
  void application_thatSetsItsLogManagerAndBuilderInMain_getsThemAndThenOurBeans(Path jdk)
      throws Exception {
    assertThat(ForkedJvm.run(jdk, LateServer.class))
        .containsExactly(
            "before: false",
            "private one only: false",
            "builder: true",
            "log manager: true",
            "after: true",
            "version: 1.2.3",
            "in the private one: false");
  }

  @ParameterizedTest
  @MethodSource("dev.evenkeel.runtime.log.ForkedJvm#jdks")
  void image_withoutTheManagementModule_hasNoBeansAndNoFault(Path jdk) throws Exception {
    assertThat(ForkedJvm.run(jdk, NoModule.class, "--limit-modules", "java.base"))
        .containsExactly("registered: false");
  }

  /** Asks for an MBean server where there is no JMX, and goes on as if there were. */
  static final class NoModule {
    private NoModule() {}

    public static void main(String[] arguments) {
      JmxRegistration registration = registration();
      System.out.println("registered: " + registration.tryRegister());
      registration.sync();
      registration.configurationReloaded("text");
      registration.stateChanged(new FakeServer("orders", "http://a", 1), State.UP, State.DOWN);
      registration.close();
    }
  }

  /** Asks for an MBean server where there is none. */
  static final class NoServer {
    private NoServer() {}

    public static void main(String[] arguments) {
      System.out.println("registered: " + registration().tryRegister());
      System.out.println("servers: " + MBeanServerFactory.findMBeanServer(null).size());
    }
  }

  /** An application server's start: its own log manager and MBean server builder, set in main. */
  static final class LateServer {
    private LateServer() {}

    public static void main(String[] arguments) throws Exception {
      JmxRegistration registration = registration();
      System.out.println("before: " + registration.tryRegister());

      System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
      System.setProperty("javax.management.builder.initial", OwnBuilder.class.getName());
      var ownServer = MBeanServerFactory.createMBeanServer("application");
      System.out.println("private one only: " + registration.tryRegister());

      var platform = ManagementFactory.getPlatformMBeanServer();
      System.out.println("builder: " + OwnBuilder.IS_USED);
      System.out.println("log manager: " + (LogManager.getLogManager() instanceof OwnLogManager));

      ObjectName agent = new ObjectName("dev.evenkeel:type=Agent");
      System.out.println("after: " + registration.tryRegister());
      System.out.println("version: " + platform.getAttribute(agent, "Version"));
      System.out.println("in the private one: " + ownServer.isRegistered(agent));
    }
  }

  /** As JBoss's, it must be named before anything logs. */
  public static final class OwnLogManager extends LogManager {}

  /** As GlassFish's. */
  public static final class OwnBuilder extends MBeanServerBuilder {
    static final AtomicBoolean IS_USED = new AtomicBoolean();

    /** Called by the JDK. */
    public OwnBuilder() {
      IS_USED.set(true);
    }
  }

  private static JmxRegistration registration() {
    return new JmxRegistration(
        new FakeControls(), AgentLog.toStandardError(Level.INFO, System::nanoTime));
  }
}
