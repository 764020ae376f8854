package dev.evenkeel.runtime.instrument;

import dev.evenkeel.spi.ClientAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * One adapter as it lies in the agent jar: its description and the bytes of its classes. The bytes
 * are read at start, so that a jar replaced under a running JVM breaks nothing. Immutable.
 *
 * <p>Runs in premain: plain loops, as each lambda would take it a millisecond.
 */
final class AdapterArchive {
  private static final String ROOT = "inst/adapters/";
  private static final String SERVICE = "META-INF/services/" + ClientAdapter.class.getName();
  private static final String SUFFIX = ".classdata";

  private final ClientAdapter adapter;
  private final Map<String, byte[]> classes;

  AdapterArchive(ClientAdapter adapter, Map<String, byte[]> classes) {
    this.adapter = adapter;
    this.classes = classes;
  }

  /**
   * Reads every adapter of the jar.
   *
   * @throws ReflectiveOperationException if an adapter's description cannot be made
   */
  static List<AdapterArchive> readAll(JarFile jar)
      throws IOException, ReflectiveOperationException {
    Map<String, Map<String, byte[]>> filesByAdapter = new HashMap<>();
    for (String path : lines(read(jar, ROOT + "index"))) {
      int slash = path.indexOf('/');
      String adapter = path.substring(0, slash);
      Map<String, byte[]> files = filesByAdapter.get(adapter);
      if (files == null) {
        files = new HashMap<>();
        filesByAdapter.put(adapter, files);
      }
      files.put(path.substring(slash + 1), read(jar, ROOT + path));
    }
    List<AdapterArchive> archives = new ArrayList<>();
    for (Map<String, byte[]> files : filesByAdapter.values()) {
      archives.add(of(files));
    }
    return archives;
  }

  private static AdapterArchive of(Map<String, byte[]> files) throws ReflectiveOperationException {
    Map<String, byte[]> classes = new HashMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      if (path.endsWith(SUFFIX)) {
        String name = path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
        classes.put(name, file.getValue());
      }
    }
    byte[] provider = files.get(SERVICE);
    if (provider == null) {
      throw new ClassNotFoundException(SERVICE);
    }
    // The description names library classes as text only, so it loads where there is no library.
    ClassLoader describing = new DescriptionLoader(classes);
    ClientAdapter adapter =
        (ClientAdapter) describing.loadClass(lines(provider)[0]).getConstructor().newInstance();
    return new AdapterArchive(adapter, classes);
  }

  ClientAdapter adapter() {
    return adapter;
  }

  /** Class files by binary name. */
  Map<String, byte[]> classes() {
    return classes;
  }

  private static byte[] read(JarFile jar, String path) throws IOException {
    ZipEntry entry = jar.getEntry(path);
    if (entry == null) {
      throw new IOException(path + ": not in " + jar.getName());
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static String[] lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).trim().split("\n", -1);
  }

  /** Loads an adapter's description next to the agent's own classes. */
  private static final class DescriptionLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    DescriptionLoader(Map<String, byte[]> classes) {
      super(AdapterArchive.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte @Nullable [] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
