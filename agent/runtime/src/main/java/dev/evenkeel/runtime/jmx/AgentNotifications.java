package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.State;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * What the Agent MBean tells its listeners. They run on a thread of their own, which exists only
 * while there is something to tell, so that a slow listener never holds up the control thread; if
 * {@value #MAX_WAITING} wait, further ones are dropped. Thread-safe.
 */
final class AgentNotifications extends NotificationBroadcasterSupport {
  static final String STATE_CHANGED = "dev.evenkeel.server.state";
  static final String RELOADED = "dev.evenkeel.configuration.reloaded";
  static final String REFUSED = "dev.evenkeel.configuration.refused";

  private static final int MAX_WAITING = 1000;
  private static final String[] KEYS = {"service", "server", "from", "to", "reason"};

  private final ThreadPoolExecutor thread;
  private final AtomicLong sequence = new AtomicLong();

  AgentNotifications() {
    this(newThread());
  }

  private AgentNotifications(ThreadPoolExecutor thread) {
    super(
        thread,
        info(
            "a server's state changed; user data: service, server, from, to, reason",
            STATE_CHANGED),
        info("a configuration was put in force", RELOADED),
        info("a configuration was refused; the last good one stays", REFUSED));
    this.thread = thread;
  }

  void stateChanged(ServerView server, State from, State to) {
    String reason = server.reason().isEmpty() ? "" : ": " + server.reason();
    String text =
        "service " + server.service() + ": " + server.url() + " " + from + " -> " + to + reason;
    send(STATE_CHANGED, text, stateData(server, from, to));
  }

  void reloaded(String text) {
    send(RELOADED, text, null);
  }

  void refused(String text) {
    send(REFUSED, text, null);
  }

  void close() {
    thread.shutdown();
  }

  private void send(String type, String text, @Nullable CompositeData userData) {
    Notification notification =
        new Notification(type, Names.agent(), sequence.incrementAndGet(), text);
    notification.setUserData(userData);
    sendNotification(notification);
  }

  private static CompositeData stateData(ServerView server, State from, State to) {
    try {
      OpenType<?>[] types = new OpenType<?>[KEYS.length];
      Arrays.fill(types, SimpleType.STRING);
      CompositeType type =
          new CompositeType("StateChange", "A server's state changed", KEYS, KEYS, types);
      return new CompositeDataSupport(
          type,
          Map.of(
              "service", server.service(),
              "server", server.url(),
              "from", from.name(),
              "to", to.name(),
              "reason", server.reason()));
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MBeanNotificationInfo info(String text, String type) {
    return new MBeanNotificationInfo(new String[] {type}, Notification.class.getName(), text);
  }

  private static ThreadPoolExecutor newThread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            AgentNotifications::daemon,
            new ThreadPoolExecutor.DiscardPolicy());
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, "evenkeel-notify", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }
}
