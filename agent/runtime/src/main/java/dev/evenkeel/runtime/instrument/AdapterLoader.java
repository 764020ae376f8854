package dev.evenkeel.runtime.instrument;

import dev.evenkeel.spi.ClientAdapter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads one adapter for one copy of its library: the adapter's own classes from bytes, {@code
 * dev.evenkeel.spi} from the agent, and all the rest through the library's loader. So the adapter
 * is plain Java against the very types that the hooked classes use, however many copies there are.
 * Thread-safe.
 */
final class AdapterLoader extends ClassLoader {
  private static final String SPI = ClientAdapter.class.getPackageName() + ".";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;
  private final ClassLoader library;

  /**
   * @param library null for a library of the boot loader
   */
  AdapterLoader(AdapterArchive archive, @Nullable ClassLoader library) {
    super("evenkeel-" + archive.adapter().name(), null);
    this.classes = archive.classes();
    this.library = library == null ? ClassLoader.getPlatformClassLoader() : library;
  }

  /**
   * Takes no lock: while one is held here, the library's loader would be asked, and a thread that
   * holds that one's lock may be loading an adapter class. Of two threads that define the same
   * class, the JVM lets one win.
   */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes != null) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name, bytes) : loaded;
    }
    return name.startsWith(SPI)
        ? Class.forName(name, false, ClientAdapter.class.getClassLoader())
        : library.loadClass(name);
  }

  private Class<?> define(String name, byte[] bytes) {
    try {
      return defineClass(name, bytes, 0, bytes.length, AdapterLoader.class.getProtectionDomain());
    } catch (LinkageError fault) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        throw fault;
      }
      return loaded;
    }
  }
}
