package dev.evenkeel.scenarios;

import com.sun.tools.attach.VirtualMachine;
import dev.evenkeel.testkit.Await;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A JMX console on another JVM of this machine, attached as jconsole attaches. Confined to the
 * test's thread.
 */
final class Console implements AutoCloseable {
  static final String AGENT = "dev.evenkeel:type=Agent";

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private Console(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** Attaches; this is what first makes an MBean server in that JVM. */
  @SuppressWarnings("BanJNDI") // The address is the one that JVM itself has just given us.
  static Console on(long pid) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
    try {
      String address = jvm.startLocalManagementAgent();
      Console console = new Console(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      Await.until(
          "the agent's MBean is registered",
          () -> console.beans.isRegistered(new ObjectName(AGENT)));
      return console;
    } finally {
      jvm.detach();
    }
  }

  Object attribute(String bean, String attribute) throws IOException, JMException {
    return beans.getAttribute(new ObjectName(bean), attribute);
  }

  Object invoke(String bean, String operation) throws IOException, JMException {
    return beans.invoke(new ObjectName(bean), operation, new Object[0], new String[0]);
  }

  /** The bean of a server of the service {@code orders}. */
  static String server(String url) {
    return "dev.evenkeel:type=Server,service=orders,name=" + ObjectName.quote(url);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
