package dev.evenkeel.runtime.jmx;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.StandardEmitterMBean;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * MXBeans with the texts of {@link Description} and real parameter names, where the JDK would say
 * {@code p0}. Immutable.
 */
final class DescribedBeans {
  private DescribedBeans() {}

  static <T> Object of(T bean, Class<T> type) {
    return new Plain(bean, type);
  }

  static <T> Object of(T bean, Class<T> type, NotificationEmitter emitter) {
    return new Emitting(bean, type, emitter);
  }

  private static String of(Class<?> type) {
    return text(type.getAnnotation(Description.class));
  }

  private static String attribute(Class<?> type, MBeanAttributeInfo info) {
    return text(method(type, "get" + info.getName()).getAnnotation(Description.class));
  }

  private static String operation(Class<?> type, MBeanOperationInfo info) {
    return text(method(type, info.getName()).getAnnotation(Description.class));
  }

  private static String parameter(Class<?> type, MBeanOperationInfo info, int index) {
    return method(type, info.getName()).getParameters()[index].getName();
  }

  /** No two methods of our interfaces have the same name. */
  private static Method method(Class<?> type, String name) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no " + name));
  }

  private static String text(@Nullable Description description) {
    return description == null ? "" : description.value();
  }

  private static final class Plain extends StandardMBean {
    /** Shared by the beans of one interface: there may be thousands of servers. */
    private static final Map<Class<?>, MBeanInfo> SHARED = new ConcurrentHashMap<>();

    <T> Plain(T bean, Class<T> type) {
      super(bean, type, true);
    }

    @Override
    protected @Nullable MBeanInfo getCachedMBeanInfo() {
      return SHARED.get(getMBeanInterface());
    }

    @Override
    protected void cacheMBeanInfo(@Nullable MBeanInfo info) {
      if (info != null) {
        SHARED.put(getMBeanInterface(), info);
      }
    }

    @Override
    protected String getDescription(MBeanInfo info) {
      return of(getMBeanInterface());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
      return attribute(getMBeanInterface(), info);
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
      return operation(getMBeanInterface(), info);
    }

    @Override
    protected String getParameterName(
        MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
      return parameter(getMBeanInterface(), operation, index);
    }
  }

  private static final class Emitting extends StandardEmitterMBean {
    <T> Emitting(T bean, Class<T> type, NotificationEmitter emitter) {
      super(bean, type, true, emitter);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
      return of(getMBeanInterface());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
      return attribute(getMBeanInterface(), info);
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
      return operation(getMBeanInterface(), info);
    }

    @Override
    protected String getParameterName(
        MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
      return parameter(getMBeanInterface(), operation, index);
    }
  }
}
