package dev.evenkeel.runtime.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Our end of {@code java.lang.EvenkeelDispatcher}: defines it in java.base and fills its two doors.
 * Public API only: the package is opened to us by {@link Instrumentation#redefineModule}, and the
 * class is defined through a private look-up. Thread-safe.
 */
final class Dispatcher {
  private final Class<?> type;

  /**
   * @param type the class with the doors, defined already
   */
  Dispatcher(Class<?> type) {
    this.type = type;
  }

  /** Defines the class; once in a JVM. */
  static Dispatcher define(Instrumentation instrumentation, JarFile jar)
      throws IOException, IllegalAccessException {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(Dispatcher.class.getModule())),
        Set.of(),
        Map.of());
    try (InputStream in = jar.getInputStream(jar.getEntry("inst/dispatcher.classdata"))) {
      return new Dispatcher(
          MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
              .defineClass(in.readAllBytes()));
    }
  }

  /**
   * Puts the agent behind the doors; null closes them again, and what links from then on does
   * nothing.
   *
   * @param linker {@code (Lookup, String, MethodType, Object[]) -> CallSite}
   * @param faultSink {@code (Throwable) -> void}
   */
  void connect(MethodHandle linker, MethodHandle faultSink) throws ReflectiveOperationException {
    set("faultSink", faultSink);
    set("linker", linker);
  }

  /** {@code bootstrap(Lookup, String, MethodType, Object...)}. */
  Method bootstrap() throws NoSuchMethodException {
    return method("bootstrap");
  }

  /** {@code fault(Throwable)}. */
  Method fault() throws NoSuchMethodException {
    return method("fault");
  }

  private void set(String name, MethodHandle door) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    field.set(null, door);
  }

  private Method method(String name) throws NoSuchMethodException {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    throw new NoSuchMethodException(type.getName() + "." + name);
  }
}
