package dev.evenkeel.testkit.jvm;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A class loader over jars that sees the JDK and nothing else: neither the class path, but for what
 * it is told to share, nor what an agent put on the bootstrap class path. Thread-safe.
 */
public final class IsolatedLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final List<String> JDK_PREFIXES =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.w3c.", "org.xml.");

  private final List<String> shared;

  /**
   * A loader over these jars and class folders.
   *
   * @param name for messages
   */
  public IsolatedLoader(String name, Collection<Path> jars) {
    this(name, jars, List.of());
  }

  /**
   * A loader that shares some classes with the class path.
   *
   * @param name for messages
   * @param shared what the names of the shared classes begin with
   */
  public IsolatedLoader(String name, Collection<Path> jars, Collection<String> shared) {
    super(name, jars.stream().map(IsolatedLoader::url).toArray(URL[]::new), null);
    this.shared = List.copyOf(shared);
  }

  /** The class path of this JVM, to copy parts of. */
  public static List<Path> classPath() {
    return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator)).stream()
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (JDK_PREFIXES.stream().anyMatch(name::startsWith)) {
      return getPlatformClassLoader().loadClass(name);
    }
    if (shared.stream().anyMatch(name::startsWith)) {
      return Class.forName(name, false, IsolatedLoader.class.getClassLoader());
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }
}
