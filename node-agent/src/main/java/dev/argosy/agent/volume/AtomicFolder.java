package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that change all at once: they lie in a folder of their own behind the link {@code ..data},
 * and each visible name links into it; a change writes a new folder and renames one link. Programs
 * that watch {@code ..data}, as Kubernetes has it, notice. What a writer that died left behind goes
 * with the next change.
 */
final class AtomicFolder {

  private static final String DATA = "..data";
  private static final String NEXT = "..data_new";
  private static final int FOR_GROUP = 0440;
  private static final int FOLDER_FOR_GROUP = 0110 | FOR_GROUP | 02000;

  /**
   * Content and permission bits.
   *
   * @param uid whose it is; −1 for root
   */
  record Entry(byte[] bytes, int mode, int uid) {
    Entry(byte[] bytes, int mode) {
      this(bytes, mode, -1);
    }
  }

  private AtomicFolder() {}

  /**
   * Brings the folder to these files (relative paths); whether anything had to change. If there is
   * no room for them, what was there stays as it was, and nothing of the new is left to take up
   * more.
   *
   * @param gid a group that may read them, too; −1 for none
   */
  static boolean write(Path folder, Map<String, Entry> files, int gid) throws IOException {
    Files.createDirectories(folder);
    Path current = folder.resolve(DATA);
    if (same(current, files, gid)) {
      linkNames(folder, files.keySet());
      return false;
    }
    Path next = Files.createTempDirectory(folder, "..");
    try {
      fill(next, files, gid);
      Path link = folder.resolve(NEXT);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, next.getFileName());
      Files.move(
          link, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteTree(next);
      throw e;
    }
    linkNames(folder, files.keySet());
    deleteOthers(folder, next);
    return true;
  }

  private static void fill(Path next, Map<String, Entry> files, int gid) throws IOException {
    grant(next, 0755, -1, gid);
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      Path path = next.resolve(file.getKey());
      folders(next, path, gid);
      Files.write(path, file.getValue().bytes());
      grant(path, file.getValue().mode(), file.getValue().uid(), gid);
    }
  }

  /** Makes the folders between the root and a file. */
  private static void folders(Path root, Path file, int gid) throws IOException {
    Path folder = file.getParent();
    if (folder != null && !folder.equals(root) && !Files.exists(folder)) {
      folders(root, folder, gid);
      Files.createDirectory(folder);
      grant(folder, 0755, -1, gid);
    }
  }

  private static void grant(Path path, int mode, int uid, int gid) throws IOException {
    FileModes.own(path, gid);
    if (uid >= 0) {
      Files.setAttribute(path, "unix:uid", uid);
    }
    FileModes.permit(path, granted(path, mode, gid));
  }

  private static int granted(Path path, int mode, int gid) {
    return gid < 0 ? mode : mode | (Files.isDirectory(path) ? FOLDER_FOR_GROUP : FOR_GROUP);
  }

  private static boolean same(Path current, Map<String, Entry> files, int gid) throws IOException {
    if (!Files.exists(current)) {
      return false;
    }
    Path data = current.toRealPath();
    Set<String> present = new HashSet<>();
    try (Stream<Path> tree = Files.walk(data)) {
      tree.filter(Files::isRegularFile).forEach(p -> present.add(data.relativize(p).toString()));
    }
    if (!present.equals(files.keySet())) {
      return false;
    }
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      Path path = data.resolve(file.getKey());
      if (FileModes.of(path) != granted(path, file.getValue().mode(), gid)
          || !Arrays.equals(Files.readAllBytes(path), file.getValue().bytes())) {
        return false;
      }
    }
    return true;
  }

  private static void linkNames(Path folder, Set<String> files) throws IOException {
    Set<String> names = new HashSet<>();
    files.forEach(f -> names.add(f.split("/", 2)[0]));
    for (String name : names) {
      Path visible = folder.resolve(name);
      if (!Files.isSymbolicLink(visible)) {
        Files.createSymbolicLink(visible, Path.of(DATA, name));
      }
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path one : all.toList()) {
        String name = one.getFileName().toString();
        if (!name.startsWith("..") && !names.contains(name)) {
          Files.delete(one);
        }
      }
    }
  }

  private static void deleteOthers(Path folder, Path present) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path one : all.toList()) {
        boolean hidden = one.getFileName().toString().startsWith("..");
        if (hidden && !one.equals(present) && !one.endsWith(DATA)) {
          deleteTree(one);
        }
      }
    }
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path one : bottomUp) {
        Files.deleteIfExists(one);
      }
    }
  }
}
