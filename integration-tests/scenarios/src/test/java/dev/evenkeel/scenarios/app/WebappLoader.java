package dev.evenkeel.scenarios.app;

import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a web application its own copy of the client libraries, as containers do: child first, each
 * class in a domain that refers to this loader. Thread-safe.
 */
final class WebappLoader extends ClassLoader {
  private static final List<String> OWN =
      List.of(
          "okhttp3.",
          "org.apache.hc.",
          OkHttpWebapp.class.getName(),
          HttpClientWebapp.class.getName());

  private final ProtectionDomain domain =
      new ProtectionDomain(new CodeSource(null, (Certificate[]) null), null, this, null);

  WebappLoader() {
    super(WebappLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (@Nullable InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
