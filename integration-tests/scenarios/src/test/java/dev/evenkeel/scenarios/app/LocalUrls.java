package dev.evenkeel.scenarios.app;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Arrays;

/** Reads URLs as many applications do at their start, and none of them is on another machine. */
public final class LocalUrls {
  private LocalUrls() {}

  public static void main(String[] arguments) throws IOException {
    File jar =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(File::new)
            .filter(File::isFile)
            .findFirst()
            .orElseThrow();
    URL file = jar.toURI().toURL();
    URL entry = new URL("jar:" + file + "!/META-INF/MANIFEST.MF");
    JarURLConnection inJar = (JarURLConnection) entry.openConnection();
    System.out.println("entries " + inJar.getMainAttributes().size());
    for (URL url : new URL[] {file, entry}) {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        System.out.println(connection.getContentType() + " begins with " + in.read());
      }
    }
    System.out.println("hello");
  }
}
