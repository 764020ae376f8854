package dev.evenkeel.testkit.agent;

import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** One MBean of the platform's MBean server, by names only. Thread-safe. */
public class Bean {
  private final ObjectName name;

  Bean(ObjectName name) {
    this.name = name;
  }

  static MBeanServer beans() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  static ObjectName name(String text) {
    try {
      return ObjectName.getInstance(text);
    } catch (JMException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  public final ObjectName name() {
    return name;
  }

  public final boolean isRegistered() {
    return beans().isRegistered(name);
  }

  /** The value of an attribute; null as the MBean gives it. */
  public final @Nullable Object get(String attribute) {
    try {
      return beans().getAttribute(name, attribute);
    } catch (JMException e) {
      throw new IllegalStateException(name + " " + attribute, e);
    }
  }

  /** The value of a numeric attribute. */
  public final long getLong(String attribute) {
    if (get(attribute) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException(name + " " + attribute + " is no number");
  }

  /** The value of an attribute as text. */
  public final String getText(String attribute) {
    return String.valueOf(get(attribute));
  }

  public final void set(String attribute, Object value) {
    try {
      beans().setAttribute(name, new Attribute(attribute, value));
    } catch (JMException e) {
      throw new IllegalStateException(name + " " + attribute, e);
    }
  }

  /** Calls an operation without parameters, and gives its result. */
  public final @Nullable Object invoke(String operation) {
    try {
      return beans().invoke(name, operation, new Object[0], new String[0]);
    } catch (JMException e) {
      throw new IllegalStateException(name + " " + operation, e);
    }
  }

  @Override
  public final String toString() {
    return name.toString();
  }
}
