package dev.evenkeel.it.stacks;

import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens libraries in class loaders of their own.
 *
 * <p>A loader stays open until the JVM ends: threads of a library outlive it, and would find no
 * classes. Stateless. Thread-safe.
 */
final class Stacks {
  /** All that a library's application and its story share, besides the JDK. */
  private static final List<String> SHARED =
      List.of("dev.evenkeel.testkit.", ClientStack.class.getName());

  private Stacks() {}

  /**
   * An instance of a class that exists once more in a new class loader, which is the thread's
   * context loader from now on: as in an application server, where libraries look for their parts
   * in it.
   *
   * @param libraries folders of jars below that of the system property {@code libraries}
   */
  static ClientStack open(Class<? extends ClientStack> type, List<String> libraries) {
    List<Path> files = new ArrayList<>();
    libraries.forEach(library -> files.addAll(jars(library)));
    files.add(folder(type));
    ClassLoader loader = new IsolatedLoader(type.getName(), files, SHARED);
    Thread.currentThread().setContextClassLoader(loader);
    try {
      var constructor =
          loader.loadClass(type.getName()).asSubclass(ClientStack.class).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName() + " cannot be made of " + files, e);
    }
  }

  private static List<Path> jars(String library) {
    Path folder = Path.of(System.getProperty("libraries", "")).resolve(library);
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no jars of " + library, e);
    }
  }

  private static Path folder(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(type.getName(), e);
    }
  }
}
