package dev.evenkeel.httpclient5;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Values of the library's own fields, whose names differ between its versions. For what is asked
 * rarely, or once. Thread-safe.
 */
final class LibraryFields {
  private LibraryFields() {}

  /** The value of the first field that {@code owner} has of these names; null if it has none. */
  static @Nullable Object first(Object owner, String... names) throws IllegalAccessException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (String name : names) {
        Field field = declared(type, name);
        if (field != null && field.trySetAccessible()) {
          return field.get(owner);
        }
      }
    }
    return null;
  }

  private static @Nullable Field declared(Class<?> type, String name) {
    for (Field field : type.getDeclaredFields()) {
      if (field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
