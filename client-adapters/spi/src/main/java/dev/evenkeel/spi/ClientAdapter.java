package dev.evenkeel.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes one client library's adapter: what it hooks and what it needs. Found by {@link
 * java.util.ServiceLoader}. Implementations load without the client library and refer to it by name
 * only; the advice they name lives in a class loader per copy of the library. Thread-safe.
 */
public interface ClientAdapter {
  /** The name users know, as in {@code evenkeel.adapters.<name>.enabled}. */
  String name();

  /** The methods to hook, by exact class names. */
  List<Hook> hooks();

  /**
   * Members of the library that the adapter reaches by reflection, so that a check of its class
   * files cannot see them. Checked with the rest before the first hook links; a missing one turns
   * the adapter off for that copy of the library.
   */
  default List<Member> reflectiveMembers() {
    return List.of();
  }

  /**
   * Where the library's versions differ in what the adapter needs of them: the members of each
   * family of versions, those that optional hooks name among them. A copy has to have all members
   * of one family at least, or the adapter is off for it. A member without a name is its class.
   *
   * @return the families, that of the newest versions first; empty if all versions are alike
   */
  default List<List<Member>> families() {
    return List.of();
  }

  /** Packages of the library to open to the adapter where the library is a named module. */
  default List<String> opens() {
    return List.of();
  }

  /**
   * The version of the library that a hooked class belongs to.
   *
   * @return null when the library does not tell
   */
  default @Nullable String version(Class<?> hooked) {
    Package itsPackage = hooked.getPackage();
    return itsPackage == null ? null : itsPackage.getImplementationVersion();
  }

  /**
   * One method to hook.
   *
   * @param type binary name of the class, as {@code okhttp3.internal.connection.ConnectInterceptor}
   * @param method the method's name
   * @param descriptor its JVM descriptor, or null for every overload
   * @param advice binary name of the class with the Byte Buddy advice methods, none of them inlined
   * @param isOptional false: a copy of the library without this method is not balanced at all
   */
  record Hook(
      String type, String method, @Nullable String descriptor, String advice, boolean isOptional) {
    /** A hook that the adapter cannot do without. */
    public Hook(String type, String method, @Nullable String descriptor, String advice) {
      this(type, method, descriptor, advice, false);
    }
  }

  /**
   * A field or method of the library.
   *
   * @param type binary name of the declaring class
   * @param name the member's name
   * @param descriptor its JVM descriptor, or null for any
   */
  record Member(String type, String name, @Nullable String descriptor) {}
}
