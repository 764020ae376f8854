package dev.evenkeel.testkit.jvm;

import dev.evenkeel.testkit.Await;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM, its output line by line. Killed on close. Thread-safe.
 *
 * <p>Environment variables that a JVM reads, and those of evenkeel, are not inherited.
 */
public final class ForkedJvm implements AutoCloseable {
  private final Process process;
  private final Output stdout;
  private final Output stderr;

  private ForkedJvm(Process process) {
    this.process = process;
    stdout = new Output("stdout", process.getInputStream());
    stderr = new Output("stderr", process.getErrorStream());
  }

  /** A JVM of the JDK that runs this one. */
  public static Builder java() {
    return java(Path.of(System.getProperty("java.home")));
  }

  /** A JVM of any JDK. */
  public static Builder java(Path home) {
    return new Builder(home);
  }

  public long pid() {
    return process.pid();
  }

  /** The lines on standard output so far. */
  public List<String> stdout() {
    return stdout.lines();
  }

  /** The lines on standard error so far. */
  public List<String> stderr() {
    return stderr.lines();
  }

  /** Writes a line to standard input. */
  public void send(String line) throws IOException {
    Writer in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Ends standard input. */
  public void sendEnd() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for a line on standard output that contains a text, and gives the line. */
  public String awaitStdout(String text) {
    return stdout.await(text, this);
  }

  /** Waits for a line on standard error that contains a text, and gives the line. */
  public String awaitStderr(String text) {
    return stderr.await(text, this);
  }

  /** Waits for the end of the JVM and of its output. */
  public int awaitExit() {
    try {
      if (!process.waitFor(Await.BOUND.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("still running: " + this);
      }
      stdout.awaitEnd();
      stderr.awaitEnd();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    int unused = awaitExit();
  }

  @Override
  public String toString() {
    return process.info().commandLine().orElse("ended JVM")
        + "\nstdout:\n"
        + String.join("\n", stdout())
        + "\nstderr:\n"
        + String.join("\n", stderr());
  }

  /** The command line of a JVM to start. Not thread-safe; one per JVM. */
  public static final class Builder {
    private final Path home;
    private final List<String> options = new ArrayList<>();
    private final List<String> main = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    private Builder(Path home) {
      this.home = home;
    }

    /** Adds options of the JVM, before the main class. */
    public Builder options(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    public Builder classPath(Collection<Path> entries) {
      return options(
          "-cp",
          entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** Runs a main class with arguments. */
    public Builder main(String mainClass, String... arguments) {
      main.add(mainClass);
      main.addAll(List.of(arguments));
      return this;
    }

    /** Runs a jar with arguments. */
    public Builder jar(Path jar, String... arguments) {
      main.add("-jar");
      return main(jar.toString(), arguments);
    }

    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    public ForkedJvm start() throws IOException {
      List<String> command = new ArrayList<>();
      command.add(home.resolve("bin").resolve("java").toString());
      command.addAll(options);
      command.addAll(main);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.contains("JAVA") || name.startsWith("EVENKEEL_"));
      builder.environment().putAll(environment);
      return new ForkedJvm(builder.start());
    }
  }

  /** Collects the lines of a stream on a thread of its own. Thread-safe. */
  private static final class Output implements Runnable {
    private final String name;
    private final InputStream stream;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean isEnded;

    Output(String name, InputStream stream) {
      this.name = name;
      this.stream = stream;
      this.reader = new Thread(this, "forked-" + name);
      reader.setDaemon(true);
      reader.start();
    }

    @Override
    public void run() {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        // A killed process closes its streams under the reader.
        add("(" + e.getMessage() + ")");
      } finally {
        end();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      isEnded = true;
      notifyAll();
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    void awaitEnd() throws InterruptedException {
      reader.join(Await.BOUND.toMillis());
    }

    String await(String text, ForkedJvm jvm) {
      @Nullable String found = find(text);
      if (found == null) {
        throw new AssertionError("no line with \"" + text + "\" on " + name + " of " + jvm);
      }
      return found;
    }

    private synchronized @Nullable String find(String text) {
      long deadlineNanos = System.nanoTime() + Await.BOUND.toNanos();
      int next = 0;
      while (true) {
        for (; next < lines.size(); next++) {
          if (lines.get(next).contains(text)) {
            return lines.get(next);
          }
        }
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (isEnded || leftMillis <= 0) {
          return null;
        }
        try {
          wait(leftMillis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
    }
  }
}
