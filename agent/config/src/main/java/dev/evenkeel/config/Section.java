package dev.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decoded block: its options by declared name, defaults filled in on reading. Immutable. */
final class Section {
  private final Group group;
  private final Place place;
  private final Map<String, @Nullable Value> values;

  /**
   * @param values by declared name; null for an option that was given but could not be decoded
   */
  Section(Group group, Place place, Map<String, @Nullable Value> values) {
    this.group = group;
    this.place = place;
    this.values = values;
  }

  Place place() {
    return place;
  }

  /** Where an option stands, or would stand. */
  Place place(String name) {
    Value value = value(name);
    return value == null ? place.key(name, place.origin()) : value.place();
  }

  /** True if the option was given, even if it could not be decoded. */
  boolean isGiven(String name) {
    return values.containsKey(declared(name).name());
  }

  /** Null if it was not given, or could not be decoded. */
  @Nullable Value value(String name) {
    return values.get(declared(name).name());
  }

  /** How a message shows the option's value; empty if it has none. */
  String printable(String name) {
    Value value = value(name);
    return value == null ? "" : value.printable();
  }

  /** Empty without a value and a default. */
  String text(String name) {
    return get(name, String.class, "");
  }

  /** False without a value and a default. */
  boolean flag(String name) {
    return get(name, Boolean.class, false);
  }

  /** 0 without a value and a default. */
  int integer(String name) {
    return Math.toIntExact(get(name, Long.class, 0L));
  }

  /** 0 without a value and a default. */
  long longInteger(String name) {
    return get(name, Long.class, 0L);
  }

  /** Zero without a value and a default. */
  Duration duration(String name) {
    return get(name, Duration.class, Duration.ZERO);
  }

  /** Null if it was not given, or could not be decoded. */
  @Nullable Section section(String name) {
    Value value = value(name);
    return value == null ? null : (Section) value.data();
  }

  @SuppressWarnings("unchecked") // ListOf makes nothing else
  List<Value> list(String name) {
    Value value = value(name);
    return value == null ? List.of() : (List<Value>) value.data();
  }

  @SuppressWarnings("unchecked") // MapOf makes nothing else
  Map<String, Value> map(String name) {
    Value value = value(name);
    return value == null ? Map.of() : (Map<String, Value>) value.data();
  }

  /** By declared name; without what could not be decoded. */
  Map<String, @Nullable Value> values() {
    return values;
  }

  private <T> T get(String name, Class<T> type, T none) {
    Value value = value(name);
    if (value != null) {
      return type.cast(value.data());
    }
    Option option = declared(name);
    if (option.fallback() == null || !(option.kind() instanceof Scalar scalar)) {
      return none;
    }
    Object parsed = scalar.parse(option.fallback());
    return parsed == null ? none : type.cast(parsed);
  }

  private Option declared(String name) {
    Option option = group.find(name);
    if (option == null) {
      throw new IllegalArgumentException("no option " + name);
    }
    return option;
  }
}
