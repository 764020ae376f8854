package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The drivers of the contracts in this JVM, each with the library that its contract names.
 *
 * <p>A loader stays open until the JVM ends: threads of the library outlive its last client, and
 * would find no classes. Thread-safe.
 */
final class Drivers {
  /** All that a driver and the contract share, besides the JDK. */
  private static final List<String> SHARED = List.of("dev.evenkeel.testkit.");

  private static final Map<Class<?>, ClientDriver> DRIVERS = new ConcurrentHashMap<>();

  private Drivers() {}

  /** The one driver of all tests of a contract. */
  static ClientDriver of(Class<?> contract, Class<? extends ClientDriver> driver) {
    return DRIVERS.computeIfAbsent(contract, key -> open(key, driver));
  }

  /** The driver of a contract of which a test was begun; null without one. */
  static @Nullable ClientDriver opened(Class<?> contract) {
    return DRIVERS.get(contract);
  }

  private static ClientDriver open(Class<?> contract, Class<? extends ClientDriver> driver) {
    LibraryVersion library = contract.getDeclaredAnnotation(LibraryVersion.class);
    return library == null ? instance(driver) : isolated(library.value(), driver);
  }

  private static ClientDriver isolated(String version, Class<? extends ClientDriver> driver) {
    List<Path> files = new ArrayList<>(jars(version));
    files.add(folder(driver));
    try {
      ClassLoader loader = new IsolatedLoader(version, files, SHARED);
      ClientDriver isolated =
          instance(loader.loadClass(driver.getName()).asSubclass(ClientDriver.class));
      if (!isolated.library().version().equals(version)) {
        throw new AssertionError("%s, asked for %s".formatted(isolated.library(), version));
      }
      return isolated;
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no driver among " + files, e);
    }
  }

  private static List<Path> jars(String version) {
    Path folder = Path.of(System.getProperty("libraries", "")).resolve(version);
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no jars of " + version + " for this module", e);
    }
  }

  private static Path folder(Class<?> driver) {
    try {
      return Path.of(driver.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(driver.getName(), e);
    }
  }

  private static ClientDriver instance(Class<? extends ClientDriver> driver) {
    try {
      var constructor = driver.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(driver.getName() + " cannot be made without arguments", e);
    }
  }
}
