package dev.evenkeel.testkit.contract;

import dev.evenkeel.testkit.client.Library;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The proof that a client passed its whole contract, or that what stands on a client passed its
 * own. Immutable.
 *
 * @param adapter the adapter's name; for what stands on a client, that client
 * @param jdk the feature version of the JDK that it ran on
 * @param build the build that it ran in; what another build proved counts for nothing
 */
public record PassedContract(Library library, String adapter, int jdk, String build) {
  /** Leaves this proof in a folder, which is made if it does not exist. */
  public void write(Path folder) throws IOException {
    Properties proof = new Properties();
    proof.setProperty("library", library.name());
    proof.setProperty("version", library.version());
    proof.setProperty("adapter", adapter);
    proof.setProperty("jdk", Integer.toString(jdk));
    proof.setProperty("build", build);
    String file =
        "%s %s %s jdk%s.properties"
            .formatted(library.name().replace('/', '-'), library.version(), adapter, jdk);
    Files.createDirectories(folder);
    try (Writer writer = Files.newBufferedWriter(folder.resolve(file))) {
      proof.store(writer, null);
    }
  }

  /** The proofs in a folder, of whatever build; none if the folder does not exist. */
  public static List<PassedContract> read(Path folder) throws IOException {
    List<PassedContract> proofs = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          proofs.add(parse(file));
        }
      }
    }
    return proofs;
  }

  private static PassedContract parse(Path file) throws IOException {
    Properties proof = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      proof.load(reader);
    }
    return new PassedContract(
        new Library(text(proof, "library"), text(proof, "version")),
        text(proof, "adapter"),
        Integer.parseInt(text(proof, "jdk")),
        text(proof, "build"));
  }

  private static String text(Properties proof, String key) {
    return Objects.requireNonNull(proof.getProperty(key), key);
  }
}
