package dev.evenkeel.runtime.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.Level;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the documentation lists exactly what is registered, in the same words. */
class MonitoringPageTest {
  private static final Path PAGE = Path.of("../docs/monitoring.md");

  private final FakeControls controls = new FakeControls();
  private final JmxRegistration registration =
      new JmxRegistration(controls, AgentLog.toStandardError(Level.ERROR, System::nanoTime));

  @BeforeEach
  void register() {
    ManagementFactory.getPlatformMBeanServer();
    controls.services =
        List.of(new FakeService("orders", List.of(new FakeServer("orders", "http://a", 1)), 0));
    assertThat(registration.tryRegister()).isTrue();
  }

  @AfterEach
  void close() {
    registration.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dev.evenkeel:type=Agent; dev.evenkeel:type=Agent",
        "dev.evenkeel:type=Service,name=<service>; dev.evenkeel:type=Service,name=orders",
        "dev.evenkeel:type=Server,service=<service>,name=<quoted url>;"
            + "dev.evenkeel:type=Server,service=orders,name=\"http://a\""
      })
  void page_ofABean_listsExactlyWhatIsRegistered(String heading, String name) throws Exception {
    assertThat(rowsOfPage(heading)).isEqualTo(rowsOfBean(name));
  }

  private static List<String> rowsOfBean(String name) throws JMException {
    MBeanInfo bean = ManagementFactory.getPlatformMBeanServer().getMBeanInfo(new ObjectName(name));
    List<String> rows = new ArrayList<>();
    Arrays.stream(bean.getAttributes()).map(MonitoringPageTest::row).sorted().forEach(rows::add);
    Arrays.stream(bean.getOperations()).map(MonitoringPageTest::row).sorted().forEach(rows::add);
    Arrays.stream(bean.getNotifications()).map(MonitoringPageTest::row).sorted().forEach(rows::add);
    return rows;
  }

  private static String row(MBeanAttributeInfo attribute) {
    String access = attribute.isWritable() ? "read and write" : "read";
    return cells(
        "`" + attribute.getName() + "`",
        shortName(attribute.getType()),
        access,
        attribute.getDescription());
  }

  private static String row(MBeanOperationInfo operation) {
    String parameters =
        Arrays.stream(operation.getSignature())
            .map(parameter -> shortName(parameter.getType()) + " " + parameter.getName())
            .collect(Collectors.joining(", "));
    return cells(
        "`" + operation.getName() + "(" + parameters + ")`",
        shortName(operation.getReturnType()),
        operation.getDescription());
  }

  private static String row(MBeanNotificationInfo notification) {
    assertThat(notification.getNotifTypes()).hasSize(1);
    return cells("`" + notification.getNotifTypes()[0] + "`", notification.getDescription());
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String shortName(String type) {
    String element = type.startsWith("[L") ? type.substring(2, type.length() - 1) + "[]" : type;
    return element.substring(element.lastIndexOf('.') + 1);
  }

  private static List<String> rowsOfPage(String heading) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int from = lines.indexOf("## `" + heading + "`");
    assertThat(from).as("heading %s", heading).isNotNegative();
    return lines.subList(from + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .toList();
  }
}
