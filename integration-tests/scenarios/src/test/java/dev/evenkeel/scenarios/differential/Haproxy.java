package dev.evenkeel.scenarios.differential;

import dev.evenkeel.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reverse proxy that agent and clients are compared with: HAProxy as it is by default, since it
 * changes least of what goes through. Confined to the test's thread.
 */
final class Haproxy implements AutoCloseable {
  private static final Path BINARY = Path.of("usr", "sbin", "haproxy");
  private static final Pattern TO_INSTALL = Pattern.compile("(?m)^Inst (\\S+)");

  private final Process process;

  private Haproxy(Process process) {
    this.process = process;
  }

  /** Where HAProxy is, and where the libraries are that came with it. Immutable. */
  record Binary(Path file, String libraryPath) {
    ProcessBuilder command(String... arguments) {
      List<String> command = new ArrayList<>(List.of(file.toString()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      if (!libraryPath.isEmpty()) {
        builder.environment().put("LD_LIBRARY_PATH", libraryPath);
      }
      return builder;
    }
  }

  /**
   * The installed HAProxy, or Debian's package of it unpacked to a folder, which needs no root.
   *
   * @param folder kept for the next time
   * @throws IOException with the reason why there is none
   */
  static Binary find(Path folder) throws IOException {
    for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path installed = Path.of(entry, "haproxy");
      if (!entry.isEmpty() && Files.isExecutable(installed)) {
        return works(new Binary(installed, ""));
      }
    }
    Path root = folder.resolve("root");
    if (!Files.isExecutable(root.resolve(BINARY))) {
      unpack(folder, root);
    }
    return works(new Binary(root.resolve(BINARY), libraries(root)));
  }

  private static Binary works(Binary binary) throws IOException {
    String unused = run(binary.command("-v"));
    return binary;
  }

  private static void unpack(Path folder, Path root) throws IOException {
    Files.createDirectories(folder);
    String plan =
        run(
            new ProcessBuilder(
                "apt-get",
                "--simulate",
                "-o",
                "Debug::NoLocking=1",
                "install",
                "--no-install-recommends",
                "haproxy"));
    List<String> download = new ArrayList<>(List.of("apt-get", "download"));
    for (Matcher each = TO_INSTALL.matcher(plan); each.find(); ) {
      download.add(each.group(1));
    }
    String unused = run(new ProcessBuilder(download).directory(folder.toFile()));
    // Complete under another name first, so that what is cut short is not taken for all of it.
    Path part = folder.resolve("part");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".deb")).toList()) {
        unused = run(new ProcessBuilder("dpkg-deb", "-x", file.toString(), part.toString()));
      }
    }
    Files.move(part, root);
  }

  private static String libraries(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().contains(".so."))
          .map(file -> file.getParent().toString())
          .collect(Collectors.toCollection(TreeSet::new))
          .stream()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** What a program prints, once it has ended well. */
  private static String run(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", builder.command()) + ": " + output);
    }
    return output;
  }

  /**
   * One address that HAProxy listens at, and the one server that it passes on to. Immutable.
   *
   * @param bindOptions what is said of the address besides
   * @param serverOptions what is said of the server besides
   */
  record Listener(
      InetSocketAddress address,
      String bindOptions,
      InetSocketAddress server,
      String serverOptions) {
    private String section(int number) {
      return """
          listen number-%d
            bind %s %s
            server one %s %s
          """
          .formatted(number, text(address), bindOptions, text(server), serverOptions);
    }

    private static String text(InetSocketAddress address) {
      return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
  }

  /**
   * Starts to pass on what comes, and returns when it listens.
   *
   * @param folder of its own
   */
  static Haproxy start(Binary binary, Path folder, List<Listener> listeners) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            defaults
              mode http
              timeout connect 20s
              timeout client 20s
              timeout server 20s
            """);
    listeners.forEach(each -> text.append(each.section(listeners.indexOf(each))));
    Path file =
        Files.writeString(Files.createDirectories(folder).resolve("haproxy.cfg"), text.toString());
    Process process =
        binary
            .command("-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    for (Listener each : listeners) {
      Await.until("HAProxy listens", () -> isListening(process, folder, each.address()));
    }
    return new Haproxy(process);
  }

  private static boolean isListening(Process process, Path folder, InetSocketAddress address)
      throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("haproxy.log")));
    }
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
