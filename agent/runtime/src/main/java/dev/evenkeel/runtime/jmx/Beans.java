package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceView;
import dev.evenkeel.runtime.log.AgentLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What we have registered in one MBean server. Not thread-safe; its owner guards it. */
final class Beans {
  private final MBeanServer server;
  private final AgentControls controls;
  private final AgentLog log;
  private final ConsoleCalls calls;
  private final AgentNotifications notifications = new AgentNotifications();
  private final Map<ObjectName, ServiceBean> services = new HashMap<>();
  private final Map<ObjectName, ServerBean> servers = new HashMap<>();

  Beans(MBeanServer server, AgentControls controls, AgentLog log) {
    this.server = server;
    this.controls = controls;
    this.log = log;
    this.calls = new ConsoleCalls(log);
  }

  AgentNotifications notifications() {
    return notifications;
  }

  /**
   * Registers everything, the agent's bean last: whoever sees that one sees all.
   *
   * @return false if the server refused the agent's, as it has one of the name; then it has none of
   *     ours
   */
  boolean registerAll(List<ServiceView> wanted) {
    sync(wanted);
    if (registerAgent()) {
      return true;
    }
    sync(List.of());
    return false;
  }

  private boolean registerAgent() {
    AgentBean agent = new AgentBean(controls, calls);
    return register(Names.agent(), DescribedBeans.of(agent, AgentMXBean.class, notifications));
  }

  /** Makes the registered services and servers those that are given. */
  void sync(List<ServiceView> wanted) {
    Set<ObjectName> kept = new HashSet<>();
    for (ServiceView service : wanted) {
      kept.add(show(service));
      for (ServerView itsServer : service.servers()) {
        kept.add(show(itsServer));
      }
    }
    services.keySet().removeIf(name -> !kept.contains(name) && unregister(name));
    servers.keySet().removeIf(name -> !kept.contains(name) && unregister(name));
  }

  void unregisterAll() {
    sync(List.of());
    unregister(Names.agent());
    notifications.close();
  }

  private ObjectName show(ServiceView service) {
    ObjectName name = Names.service(service.name());
    ServiceBean known = services.get(name);
    if (known != null) {
      known.show(service);
      return name;
    }
    ServiceBean bean = new ServiceBean(controls, calls, service);
    if (register(name, DescribedBeans.of(bean, ServiceMXBean.class))) {
      services.put(name, bean);
    }
    return name;
  }

  private ObjectName show(ServerView itsServer) {
    ObjectName name = Names.server(itsServer.service(), itsServer.url());
    ServerBean known = servers.get(name);
    if (known != null) {
      known.show(itsServer);
      return name;
    }
    ServerBean bean = new ServerBean(controls, calls, itsServer);
    if (register(name, DescribedBeans.of(bean, ServerMXBean.class))) {
      servers.put(name, bean);
    }
    return name;
  }

  private boolean register(ObjectName name, Object bean) {
    try {
      server.registerMBean(bean, name);
      return true;
    } catch (JMException | RuntimeException e) {
      log.fault("jmx.register", "cannot register MBean " + name, e);
      return false;
    }
  }

  /** True in any case: a bean that cannot be unregistered is not ours to show any longer. */
  private boolean unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // somebody else was first
    } catch (JMException | RuntimeException e) {
      log.fault("jmx.unregister", "cannot unregister MBean " + name, e);
    }
    return true;
  }
}
