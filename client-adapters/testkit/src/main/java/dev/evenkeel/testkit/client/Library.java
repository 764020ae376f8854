package dev.evenkeel.testkit.client;

import java.nio.file.Path;
import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The library that a driver really uses: what its loader found, not what was asked for. Immutable.
 *
 * @param name as in the README's table of clients
 * @param version as in the name of the library's jar
 */
public record Library(String name, String version) {
  private static final Pattern JAR = Pattern.compile(".*?-(\\d.*)\\.jar");

  /**
   * The library that a class comes from.
   *
   * @param member any class of the library's main jar
   */
  public static Library of(String name, Class<?> member) {
    CodeSource source = member.getProtectionDomain().getCodeSource();
    String jar = Path.of(source.getLocation().getPath()).getFileName().toString();
    Matcher matcher = JAR.matcher(jar);
    if (!matcher.matches()) {
      throw new AssertionError("no version in the name of " + source.getLocation());
    }
    return new Library(name, matcher.group(1));
  }

  /** A client that is a part of the JDK, whose version is the JDK's. */
  public static Library ofThisJdk(String name) {
    return new Library(name, "JDK " + Runtime.version().feature());
  }
}
