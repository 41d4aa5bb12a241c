package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Checks of {@code hostPath.type}, in Kubernetes' words.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types">Types
 *     of hostPath volumes</a>
 */
final class HostPath {

  private static final int KIND = 0170000;
  private static final int SOCKET = 0140000;
  private static final int CHARACTERS = 0020000;
  private static final int BLOCKS = 0060000;

  private HostPath() {}

  /** Without a type, what is not there becomes a folder, as container engines do it. */
  static void check(Path path, String type) throws IOException, ConfigFailure {
    switch (type) {
      case "" -> {
        if (!Files.exists(path)) {
          Files.createDirectories(path);
        }
      }
      case "DirectoryOrCreate" -> {
        if (!Files.exists(path)) {
          Files.createDirectories(path);
          FileModes.permit(path, 0755);
        }
        require(Files.isDirectory(path), path, "a directory");
      }
      case "FileOrCreate" -> {
        if (!Files.exists(path)) {
          create(path);
        }
        require(Files.isRegularFile(path), path, "a file");
      }
      case "Directory" -> require(Files.isDirectory(path), path, "a directory");
      case "File" -> require(Files.isRegularFile(path), path, "a file");
      case "Socket" -> require(kind(path) == SOCKET, path, "a socket file");
      case "CharDevice" -> require(kind(path) == CHARACTERS, path, "a character device");
      case "BlockDevice" -> require(kind(path) == BLOCKS, path, "a block device");
      default -> throw new ConfigFailure(type + " is an invalid volume type");
    }
  }

  private static void create(Path path) throws IOException, ConfigFailure {
    try {
      Files.createFile(path);
      FileModes.permit(path, 0644);
    } catch (NoSuchFileException e) {
      throw new ConfigFailure("open " + path + ": no such file or directory");
    }
  }

  private static int kind(Path path) throws IOException {
    return Files.exists(path) ? (Integer) Files.getAttribute(path, "unix:mode") & KIND : 0;
  }

  private static void require(boolean fine, Path path, String wanted) throws ConfigFailure {
    if (!fine) {
      throw new ConfigFailure("hostPath type check failed: " + path + " is not " + wanted);
    }
  }
}
