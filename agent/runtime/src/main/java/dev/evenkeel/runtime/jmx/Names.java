package dev.evenkeel.runtime.jmx;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names of our MBeans. Immutable. */
final class Names {
  private static final String DOMAIN = "dev.evenkeel:";

  private Names() {}

  /** An MBean that only the platform's MBean server has. */
  static ObjectName platformRuntime() {
    return of("java.lang:type=Runtime");
  }

  static ObjectName agent() {
    return of(DOMAIN + "type=Agent");
  }

  static ObjectName service(String name) {
    return of(DOMAIN + "type=Service,name=" + quotedIfNeeded(name));
  }

  static ObjectName server(String service, String url) {
    String quotedUrl = ObjectName.quote(url);
    return of(DOMAIN + "type=Server,service=" + quotedIfNeeded(service) + ",name=" + quotedUrl);
  }

  private static String quotedIfNeeded(String value) {
    boolean isLegal = !value.isEmpty() && value.chars().noneMatch(c -> ",=:\"*?\n".indexOf(c) >= 0);
    return isLegal ? value : ObjectName.quote(value);
  }

  private static ObjectName of(String name) {
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
