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
 * that watch {@code ..data}, as Kubernetes has it, notice.
 */
final class AtomicFolder {

  private static final String DATA = "..data";

  /** Content and permission bits. */
  record Entry(byte[] bytes, int mode) {}

  private AtomicFolder() {}

  /** Brings the folder to these files (relative paths); whether anything had to change. */
  static boolean write(Path folder, Map<String, Entry> files, int gid) throws IOException {
    Files.createDirectories(folder);
    Path current = folder.resolve(DATA);
    if (same(current, files)) {
      return false;
    }
    Path next = Files.createTempDirectory(folder, "..");
    FileModes.permit(next, 0755);
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      Path path = next.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().bytes());
      FileModes.permit(path, file.getValue().mode());
      FileModes.own(path, gid);
    }
    Path old = Files.isSymbolicLink(current) ? Files.readSymbolicLink(current) : null;
    Path link = folder.resolve("..data_new");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, next.getFileName());
    Files.move(link, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    linkNames(folder, files.keySet());
    if (old != null) {
      deleteTree(folder.resolve(old));
    }
    return true;
  }

  private static boolean same(Path current, Map<String, Entry> files) throws IOException {
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
      byte[] bytes = Files.readAllBytes(data.resolve(file.getKey()));
      if (!Arrays.equals(bytes, file.getValue().bytes())) {
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
