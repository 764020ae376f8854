package dev.evenkeel.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyAgentJarTest {
  private static final String ENTRY =
      "inst/part/" + Victim.class.getName().replace('.', '/') + ".classdata";

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void writeJar() throws IOException {
    jar = folder.resolve("agent.jar");
    String resource = Victim.class.getName().replace('.', '/') + ".class";
    try (InputStream victim = Victim.class.getClassLoader().getResourceAsStream(resource);
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      out.write("Manifest-Version: 1.0\n".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry(ENTRY));
      out.write(victim.readAllBytes());
    }
  }

  @Test
  void plantedMethod_throws_andTheOthersWork() throws Exception {
    Path copy = folder.resolve("faulty.jar");

    FaultyAgentJar.plant(jar, Victim.class.getName(), "getAsInt", copy);

    IntSupplier faulty = (IntSupplier) define(copy).getDeclaredConstructor().newInstance();
    assertThat(faulty).hasToString("victim");
    assertThatThrownBy(faulty::getAsInt)
        .isExactlyInstanceOf(RuntimeException.class)
        .hasMessage(FaultyAgentJar.MESSAGE);
  }

  @Test
  void plant_whereNothingIs_isRefused() {
    Path copy = folder.resolve("faulty.jar");

    assertThatThrownBy(() -> FaultyAgentJar.plant(jar, Victim.class.getName(), "nothing", copy))
        .hasMessage("no method nothing");
    assertThatThrownBy(() -> FaultyAgentJar.plant(jar, "a.Nothing", "x", copy))
        .hasMessageStartingWith("no /a/Nothing.classdata in ");
  }

  private static Class<?> define(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      byte[] classFile = zip.getInputStream(zip.getEntry(ENTRY)).readAllBytes();
      return new ClassLoader(IntSupplier.class.getClassLoader()) {
        Class<?> define() {
          return defineClass(null, classFile, 0, classFile.length);
        }
      }.define();
    }
  }

  /** Works, until it is tampered with. */
  public static final class Victim implements IntSupplier {
    @Override
    public int getAsInt() {
      int sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += i;
      }
      return sum;
    }

    @Override
    public String toString() {
      return "victim";
    }
  }
}
