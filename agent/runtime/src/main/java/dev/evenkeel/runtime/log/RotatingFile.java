package dev.evenkeel.runtime.log;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text file that is set aside when it is full: {@code x.log} becomes {@code x.log.1}, that one
 * {@code x.log.2}, and the last is deleted. Not thread-safe; the log guards it.
 */
final class RotatingFile {
  private final File file;
  private final long maxBytes;
  private final int olderFiles;
  private @Nullable FileOutputStream out;
  private long bytes;

  /**
   * @param maxBytes above zero; a text that is longer stands in a file of its own
   * @param olderFiles 0 or more, kept beside the current one
   */
  RotatingFile(File file, long maxBytes, int olderFiles) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.olderFiles = olderFiles;
  }

  /** True if {@code other} is the same file and kept in the same way. */
  boolean isSameAs(@Nullable RotatingFile other) {
    return other != null
        && file.equals(other.file)
        && maxBytes == other.maxBytes
        && olderFiles == other.olderFiles;
  }

  /** Appends a text and hands it to the operating system. */
  void write(String text) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    FileOutputStream current = out == null ? open() : out;
    if (bytes > 0 && bytes + encoded.length > maxBytes) {
      current.close();
      rotate();
      current = open();
    }
    current.write(encoded);
    bytes += encoded.length;
  }

  void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }

  private FileOutputStream open() throws IOException {
    File directory = file.getAbsoluteFile().getParentFile();
    if (directory != null) {
      directory.mkdirs(); // if this fails, opening says why
    }
    FileOutputStream opened = new FileOutputStream(file, true);
    out = opened;
    bytes = file.length();
    return opened;
  }

  private void rotate() throws IOException {
    delete(older(olderFiles));
    for (int i = olderFiles; i > 0; i--) {
      File newer = older(i - 1);
      if (newer.exists() && !newer.renameTo(older(i))) {
        throw new IOException("cannot rename ".concat(newer.getPath()));
      }
    }
  }

  private static void delete(File file) throws IOException {
    if (file.exists() && !file.delete()) {
      throw new IOException("cannot delete ".concat(file.getPath()));
    }
  }

  private File older(int age) {
    return age == 0 ? file : new File(file.getPath().concat(".").concat(Integer.toString(age)));
  }
}
