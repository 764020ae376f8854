package dev.evenkeel.config;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that the name of a configuration stands for: that file, or those of a directory and of
 * all directories below it, in the order of their names. Uses {@code java.io} alone, as {@link
 * ConfigFile} does. Immutable.
 *
 * @param isDirectory false if the name is that of a file, or of nothing at all
 * @param files in the order in which they are read
 * @param problem why they are not all of them; empty if they are
 */
public record ConfigFiles(boolean isDirectory, List<File> files, String problem) {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_FILES = 1_000;
  private static final int MAX_ENTRIES = 10_000;
  private static final int LIMIT_BYTES = 16 << 20;

  public ConfigFiles {
    files = List.copyOf(files);
  }

  /** Looks at the directory as it is now, or at nothing if there is none of that name. */
  public static ConfigFiles of(File named) {
    if (!named.isDirectory()) {
      return new ConfigFiles(false, List.of(named), "");
    }
    Walk walk = new Walk();
    walk.enter(named, 0);
    return new ConfigFiles(true, walk.files, walk.problem);
  }

  /** Collects the files. Not thread-safe; one per directory. */
  private static final class Walk {
    private final List<File> files = new ArrayList<>();
    private final Set<String> entered = new HashSet<>();
    private int entries;
    private long bytes;
    private String problem = "";

    /** A directory that was entered already ends here, and with it a link that leads back. */
    void enter(File directory, int depth) {
      if (!entered.add(realPath(directory))) {
        return;
      }
      String[] names = directory.list();
      if (names == null) {
        problem = directory.getPath() + ": cannot be read";
        return;
      }
      Arrays.sort(names);
      for (int i = 0; i < names.length && problem.isEmpty(); i++) {
        if (!isPassedOver(names[i])) {
          take(new File(directory, names[i]), depth);
        }
      }
    }

    private void take(File entry, int depth) {
      entries++;
      boolean isDirectory = entry.isDirectory();
      boolean isFile = !isDirectory && Language.of(entry.getName()) != null;
      if (entries > MAX_ENTRIES) {
        problem = "holds too much (expected: at most " + MAX_ENTRIES + " files and directories)";
      } else if (isDirectory && depth == MAX_DEPTH) {
        problem = entry.getPath() + ": too deep (expected: at most " + MAX_DEPTH + " levels)";
      } else if (isFile && files.size() == MAX_FILES) {
        problem = "holds too much (expected: at most " + MAX_FILES + " configuration files)";
      } else if (isDirectory) {
        enter(entry, depth + 1);
      } else if (isFile) {
        add(entry);
      }
    }

    private void add(File file) {
      files.add(file);
      bytes += file.length();
      if (bytes > LIMIT_BYTES) {
        problem = "too large (expected: at most " + LIMIT_BYTES + " bytes in all files)";
      }
    }

    /**
     * Traefik reads hidden files, and so do we, but for two kinds that nobody means as
     * configuration: where Kubernetes mounts a ConfigMap, {@code ..data} and its like hold what the
     * links beside them lead to, and {@code .#} begins the link by which Emacs locks a file.
     */
    private static boolean isPassedOver(String name) {
      return name.startsWith("..") || name.startsWith(".#");
    }

    private static String realPath(File directory) {
      try {
        return directory.getCanonicalPath();
      } catch (IOException unknown) {
        return directory.getAbsolutePath();
      }
    }
  }
}
