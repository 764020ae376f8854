package dev.evenkeel.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is nested in the agent jar: {@code inst/core/<class>.classdata}, child first, with the
 * platform loader as parent. So nothing of ours meets the application's classes, and nothing of the
 * application's meets ours. Thread-safe.
 */
final class NestedClassLoader extends ClassLoader {
  private static final String ROOT = "inst/core/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;

  NestedClassLoader(JarFile jar) {
    super("evenkeel", ClassLoader.getPlatformClassLoader());
    this.jar = jar;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        ZipEntry entry = name.startsWith("java.") ? null : jar.getEntry(pathOf(name));
        loaded = entry == null ? getParent().loadClass(name) : define(name, entry);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  /**
   * Class files are found under their usual names, which is how Byte Buddy reads its own
   * annotations.
   */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    String path = name.endsWith(".class") ? name + "data" : name;
    ZipEntry entry = jar.getEntry(ROOT + path);
    try {
      return entry == null ? getParent().getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private Class<?> define(String name, ZipEntry entry) throws ClassNotFoundException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, Agent.class.getProtectionDomain());
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private static String pathOf(String className) {
    return ROOT + className.replace('.', '/') + ".classdata";
  }
}
