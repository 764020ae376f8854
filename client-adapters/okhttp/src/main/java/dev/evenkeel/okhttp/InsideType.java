package dev.evenkeel.okhttp;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import okhttp3.OkHttpClient;

/**
 * One class of OkHttp's insides, and access to its members whether public or not. Immutable.
 *
 * @param lookup a private look-up in the class
 */
record InsideType(Lookup lookup) {
  private static final String PREFIX = "okhttp3.";

  /** A class by its name below {@code okhttp3}. */
  static InsideType of(String name) {
    try {
      Class<?> type = Class.forName(PREFIX + name, false, OkHttpClient.class.getClassLoader());
      return new InsideType(MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  /** True if this copy of OkHttp has a class. */
  static boolean exists(String name) {
    try {
      return Class.forName(PREFIX + name, false, OkHttpClient.class.getClassLoader()) != null;
    } catch (ClassNotFoundException otherFamily) {
      return false;
    }
  }

  Class<?> type() {
    return lookup.lookupClass();
  }

  VarHandle field(String name, Class<?> fieldType) {
    try {
      return lookup.findVarHandle(type(), name, fieldType);
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  /**
   * A method.
   *
   * @param seenAs how the adapter calls it: with types that it can name
   */
  MethodHandle method(MethodType seenAs, String name, Class<?> result, Class<?>... parameters) {
    try {
      return lookup.findVirtual(type(), name, methodType(result, parameters)).asType(seenAs);
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  MethodHandle constructor(Class<?>... parameters) {
    try {
      return lookup.findConstructor(type(), methodType(void.class, parameters));
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }
}
