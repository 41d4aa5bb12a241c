package dev.argosy.agent.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes and removes in a tree of control groups. */
final class GroupFiles {

  private GroupFiles() {}

  /** Whether the controller has that setting at all. */
  static boolean write(Path group, String file, String value) throws IOException {
    Path path = group.resolve(file);
    if (!Files.exists(path)) {
      return false;
    }
    if (!Files.readString(path).strip().equals(value)) {
      try {
        Files.writeString(path, value);
      } catch (IOException e) {
        throw new IOException("cannot set " + path + " to " + value + ": " + e.getMessage(), e);
      }
    }
    return true;
  }

  /** Groups hold files that go with them, so they are removed as if they were empty. */
  static void remove(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      return;
    }
    List<Path> folders;
    try (Stream<Path> all = Files.walk(group)) {
      folders = all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : folders) {
      Files.deleteIfExists(one);
    }
  }
}
