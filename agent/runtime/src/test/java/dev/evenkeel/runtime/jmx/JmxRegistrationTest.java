package dev.evenkeel.runtime.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.balancer.State;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JmxRegistrationTest {
  private static final String AGENT = "dev.evenkeel:type=Agent";
  private static final String SERVICE = "dev.evenkeel:type=Service,name=orders";
  private static final String SERVER =
      "dev.evenkeel:type=Server,service=orders,name=\"http://10.0.0.1:8080\"";

  private final MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
  private final FakeServer server = new FakeServer("orders", "http://10.0.0.1:8080", 3);
  private final FakeControls controls = new FakeControls();
  private final AgentLog log = AgentLog.toStandardError(Level.ERROR, System::nanoTime);
  private final JmxRegistration registration = new JmxRegistration(controls, log);

  @AfterEach
  void close() throws JMException {
    registration.close();
    assertThat(registered()).isEmpty();
  }

  @Test
  void beans_onceRegistered_areAgentServicesAndServers() throws JMException {
    controls.services = List.of(service("orders", server), service("a,b=c"), service("*"));

    assertThat(registration.tryRegister()).isTrue();
    assertThat(registration.tryRegister()).isTrue();

    assertThat(registered())
        .containsExactlyInAnyOrder(
            AGENT,
            SERVICE,
            SERVER,
            "dev.evenkeel:type=Service,name=\"a,b=c\"",
            "dev.evenkeel:type=Service,name=\"\\*\"");
  }

  @Test
  void sync_afterAChange_registersNewOnesAndUnregistersThoseGone() throws JMException {
    controls.services = List.of(service("orders", server), service("old"));
    registration.tryRegister();

    FakeServer other = new FakeServer("orders", "http://10.0.0.2:8080", 1);
    controls.services = List.of(new FakeService("orders", List.of(other), 77), service("new"));
    registration.sync();

    assertThat(registered())
        .containsExactlyInAnyOrder(
            AGENT,
            SERVICE,
            "dev.evenkeel:type=Service,name=new",
            "dev.evenkeel:type=Server,service=orders,name=\"http://10.0.0.2:8080\"");
    assertThat(get(SERVICE, "Calls")).as("shows the new view").isEqualTo(77L);
  }

  @Test
  void sync_beforeRegistration_registersNothing() throws JMException {
    controls.services = List.of(service("orders", server));

    registration.sync();

    assertThat(registered()).isEmpty();
  }

  @Test
  void registration_afterClose_isOver() throws JMException {
    registration.close();

    assertThat(registration.tryRegister()).isFalse();
    assertThat(registered()).isEmpty();
  }

  @Test
  void name_thatIsTaken_isLeftToItsOwner() throws Exception {
    ObjectName name = new ObjectName(AGENT);
    platform.registerMBean(
        DescribedBeans.of(
            new ServiceBean(controls, new ConsoleCalls(log), service("x")), ServiceMXBean.class),
        name);
    try {
      assertThat(registration.tryRegister()).isFalse();
      registration.close();
      assertThat(platform.isRegistered(name)).isTrue();
    } finally {
      platform.unregisterMBean(name);
    }
  }

  @Test
  void bean_thatSomebodyElseUnregistered_isNoFault() throws Exception {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();
    platform.unregisterMBean(new ObjectName(SERVER));

    controls.services = List.of();
    registration.sync();

    assertThat(registered()).containsExactly(AGENT);
  }

  @Test
  void agent_attributes_showTheControls() throws JMException {
    registration.tryRegister();
    assertThat(get(AGENT, "LoadTime")).isNull();
    controls.loadTime = Instant.parse("2026-11-21T12:03:11Z");

    assertThat(get(AGENT, "LoadTime")).isEqualTo(Date.from(controls.loadTime));
    assertThat(get(AGENT, "Version")).isEqualTo("1.2.3");
    assertThat(get(AGENT, "ConfigurationSource")).isEqualTo("balance.yml");
    assertThat(get(AGENT, "LastError")).isEqualTo("balance.yml:1 broken");
    assertThat(get(AGENT, "ReloadCount")).isEqualTo(7L);
    assertThat(get(AGENT, "RefusedReloadCount")).isEqualTo(8L);
    assertThat(get(AGENT, "FailOpenCount")).isEqualTo(9L);
    CompositeData[] adapters = (CompositeData[]) get(AGENT, "Adapters");
    assertThat(adapters).hasSize(2);
    assertThat(adapters[0].getAll(new String[] {"name", "state", "libraryVersion", "detail"}))
        .containsExactly("okhttp", "ACTIVE", "5.5.1", "");
    assertThat(adapters[1].getAll(new String[] {"name", "state", "libraryVersion", "detail"}))
        .containsExactly("httpclient5", "WAITING", null, "not loaded");
  }

  @Test
  void agent_operations_areAskedOfTheControls() throws JMException {
    registration.tryRegister();

    assertThat(invoke(AGENT, "reload")).isEqualTo("nothing changed");
    assertThat(invoke(AGENT, "explain", "GET", "http://orders/")).isEqualTo("left alone");
    invoke(AGENT, "disable");

    assertThat(controls.asked).containsExactly("reload", "explain GET http://orders/", "disable");
  }

  @Test
  void explain_ofNothing_isRefused() {
    registration.tryRegister();

    assertThatThrownBy(() -> invoke(AGENT, "explain", "GET", null))
        .isInstanceOf(RuntimeMBeanException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasRootCauseMessage("url: null (expected: URL such as http://orders/)");
    assertThat(controls.asked).isEmpty();
  }

  @Test
  void service_attributes_showItsView() throws JMException {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();

    assertThat(get(SERVICE, "Kind")).isEqualTo("loadBalancer");
    assertThat(get(SERVICE, "Strategy")).isEqualTo("wrr");
    assertThat(get(SERVICE, "Status")).isEqualTo("UP");
    assertThat((String[]) get(SERVICE, "Servers")).containsExactly("http://10.0.0.1:8080");
    assertThat(get(SERVICE, "Calls")).isEqualTo(1L);
    assertThat(get(SERVICE, "Failures")).isEqualTo(5L);
    assertThat(get(SERVICE, "Retries")).isEqualTo(6L);
    assertThat(get(SERVICE, "LostCalls")).isEqualTo(9L);
    assertThat(get(SERVICE, "MirrorsSent")).isEqualTo(7L);
    assertThat(get(SERVICE, "MirrorsDropped")).isEqualTo(8L);
  }

  @Test
  void server_attributes_showItsView() throws JMException {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();
    assertThat(get(SERVER, "LastProbeTime")).isNull();
    server.lastProbeTime = Instant.parse("2026-11-21T12:03:11Z");

    assertThat(get(SERVER, "LastProbeTime")).isEqualTo(Date.from(server.lastProbeTime));
    assertThat(get(SERVER, "LastProbeResult")).isEqualTo("probe answered 200");
    assertThat(get(SERVER, "Weight")).isEqualTo(3);
    assertThat(get(SERVER, "EffectiveWeight")).isEqualTo(1.0);
    assertThat(get(SERVER, "State")).isEqualTo("DOWN");
    assertThat(get(SERVER, "Reason")).isEqualTo("probe answered 503");
    assertThat(get(SERVER, "InFlight")).isEqualTo(2);
    assertThat(get(SERVER, "Calls")).isEqualTo(3L);
    assertThat(get(SERVER, "Failures")).isEqualTo(4L);
    assertThat(get(SERVER, "P50Millis")).isEqualTo(50.0);
    assertThat(get(SERVER, "P99Millis")).isEqualTo(99.0);
  }

  @Test
  void server_changes_areAskedOfTheControls() throws JMException {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();

    platform.setAttribute(new ObjectName(SERVER), new Attribute("Weight", 0));
    platform.setAttribute(new ObjectName(SERVER), new Attribute("Weight", 65_535));
    invoke(SERVER, "fence");
    drain(90L);
    drain(0L);
    invoke(SERVER, "unfence");
    invoke(SERVER, "resetWeight");

    assertThat(controls.asked)
        .containsExactly(
            "setWeight orders http://10.0.0.1:8080 0",
            "setWeight orders http://10.0.0.1:8080 65535",
            "fence orders http://10.0.0.1:8080",
            "drain orders http://10.0.0.1:8080 PT1M30S",
            "drain orders http://10.0.0.1:8080 PT0S",
            "unfence orders http://10.0.0.1:8080",
            "resetWeight orders http://10.0.0.1:8080");
  }

  @Test
  void drain_ofNegativeTime_isRefused() {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();

    assertThatThrownBy(() -> drain(-1L))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasRootCauseMessage("seconds: -1 (expected: 0 or more)");
    assertThat(controls.asked).isEmpty();
  }

  @Test
  void drainRemaining_isInSecondsThatHaveBegun() throws JMException {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();
    assertThat(get(SERVER, "DrainRemainingSeconds")).isEqualTo(-1L);

    server.drainRemaining = Duration.ofMillis(1_001);
    assertThat(get(SERVER, "DrainRemainingSeconds")).isEqualTo(2L);
    server.drainRemaining = Duration.ZERO;
    assertThat(get(SERVER, "DrainRemainingSeconds")).isEqualTo(0L);
  }

  private void drain(long seconds) throws JMException {
    platform.invoke(new ObjectName(SERVER), "drain", new Object[] {seconds}, new String[] {"long"});
  }

  @Test
  void weight_outOfRange_isRefused() {
    controls.services = List.of(service("orders", server));
    registration.tryRegister();

    for (int weight : new int[] {-1, 65_536}) {
      assertThatThrownBy(
              () -> platform.setAttribute(new ObjectName(SERVER), new Attribute("Weight", weight)))
          .hasRootCauseInstanceOf(IllegalArgumentException.class)
          .hasRootCauseMessage("Weight: " + weight + " (expected: integer 0..65535)");
    }
    assertThat(controls.asked).isEmpty();
  }

  @Test
  void fault_ofOurs_reachesAConsoleAsAPlainException() {
    registration.tryRegister();
    controls.failure = new PlantedException();

    assertThatThrownBy(() -> invoke(AGENT, "reload"))
        .rootCause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("reload failed: ")
        .hasMessageContaining("planted");

    controls.failure = new IllegalArgumentException("no such server", new PlantedException());
    assertThatThrownBy(() -> invoke(AGENT, "disable"))
        .rootCause()
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such server");
  }

  @Test
  void notifications_ofChanges_reachListeners() throws Exception {
    registration.stateChanged(server, State.STARTING, State.DOWN); // nobody can listen yet
    registration.tryRegister();
    BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
    platform.addNotificationListener(
        new ObjectName(AGENT), (notification, handback) -> heard.add(notification), null, null);

    registration.stateChanged(server, State.UP, State.DOWN);
    registration.configurationReloaded("2 services");
    registration.configurationRefused("1 problem");

    Notification state = next(heard);
    assertThat(state.getType()).isEqualTo("dev.evenkeel.server.state");
    assertThat(state.getSource()).isEqualTo(new ObjectName(AGENT));
    assertThat(state.getMessage())
        .isEqualTo("service orders: http://10.0.0.1:8080 UP -> DOWN: probe answered 503");
    assertThat(
            ((CompositeData) state.getUserData())
                .getAll(new String[] {"service", "server", "from", "to", "reason"}))
        .containsExactly("orders", "http://10.0.0.1:8080", "UP", "DOWN", "probe answered 503");
    Notification reloaded = next(heard);
    assertThat(reloaded.getType()).isEqualTo("dev.evenkeel.configuration.reloaded");
    assertThat(reloaded.getMessage()).isEqualTo("2 services");
    assertThat(reloaded.getSequenceNumber()).isEqualTo(state.getSequenceNumber() + 1);
    Notification refused = next(heard);
    assertThat(refused.getType()).isEqualTo("dev.evenkeel.configuration.refused");
    assertThat(refused.getMessage()).isEqualTo("1 problem");
  }

  private static Notification next(BlockingQueue<Notification> heard) throws InterruptedException {
    Notification notification = heard.poll(30, TimeUnit.SECONDS);
    assertThat(notification).as("within 30 s").isNotNull();
    return notification;
  }

  private static FakeService service(String name, FakeServer... servers) {
    return new FakeService(name, List.of(servers), 1);
  }

  private Set<String> registered() throws JMException {
    return platform.queryNames(new ObjectName("dev.evenkeel:*"), null).stream()
        .map(ObjectName::toString)
        .collect(Collectors.toSet());
  }

  private Object get(String name, String attribute) throws JMException {
    return platform.getAttribute(new ObjectName(name), attribute);
  }

  private Object invoke(String name, String operation, String... parameters) throws JMException {
    String[] types = new String[parameters.length];
    Arrays.fill(types, String.class.getName());
    return platform.invoke(new ObjectName(name), operation, parameters, types);
  }

  private static final class PlantedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PlantedException() {
      super("planted");
    }
  }
}
