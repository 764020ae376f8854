package dev.evenkeel.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another. Immutable.
 *
 * <p>Time and length tell most changes. Two directories that were unpacked from archives may agree
 * in both, so where a link leads counts too. And a file system's clock is coarse, so that two quick
 * writes of equal length may look alike: while the last write is young, the contents are compared.
 *
 * @param realPath empty if it cannot be found out
 */
record FileStamp(String realPath, long modifiedMillis, long lengthBytes, long checksum) {
  /** No clock of a file system is coarser (FAT has 2 s). */
  private static final long YOUNG_MILLIS = 5_000;

  /** No configuration is longer: what comes after need not be told apart. */
  private static final int LIMIT_BYTES = 4 << 20;

  /** No checksum is negative. */
  private static final long UNREADABLE = -1;

  /**
   * Looks at a file, which need not be there.
   *
   * @param before what the last look saw; null to read the file in any case
   */
  static FileStamp of(File file, @Nullable FileStamp before, Instant now) {
    String realPath = realPath(file);
    long modified = file.lastModified();
    long length = file.length();
    boolean isYoung = now.toEpochMilli() - modified < YOUNG_MILLIS;
    // What could not be read may be readable now: new permissions leave time and length alone.
    if (!isYoung
        && before != null
        && before.checksum != UNREADABLE
        && before.equals(new FileStamp(realPath, modified, length, before.checksum))) {
      return before;
    }
    return new FileStamp(realPath, modified, length, checksum(file));
  }

  /** The same for one of so many files, or such large ones, that none of them is read. */
  static FileStamp withoutContents(File file) {
    return new FileStamp(realPath(file), file.lastModified(), file.length(), UNREADABLE);
  }

  private static String realPath(File file) {
    try {
      return file.getCanonicalPath();
    } catch (IOException unknown) {
      return "";
    }
  }

  /** Opens regular files only: a pipe would wait for somebody who writes to it. */
  private static long checksum(File file) {
    if (!file.isFile()) {
      return UNREADABLE;
    }
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[8192];
    try (InputStream in = new FileInputStream(file)) {
      int total = 0;
      for (int read = in.read(buffer); read >= 0 && total < LIMIT_BYTES; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
        total += read;
      }
    } catch (IOException unreadable) {
      return UNREADABLE;
    }
    return sum.getValue();
  }
}
