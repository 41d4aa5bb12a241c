package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Checks of {@code hostPath.type}. */
final class HostPath {

  private HostPath() {}

  static void check(JsonNode volume) throws IOException, ConfigFailure {
    Path path = Path.of(volume.path("path").asString(""));
    String type = volume.path("type").asString("");
    boolean fine =
        switch (type) {
          case "DirectoryOrCreate" -> Files.isDirectory(Files.createDirectories(path));
          case "FileOrCreate" -> Files.isRegularFile(path) || Files.exists(Files.createFile(path));
          case "Directory" -> Files.isDirectory(path);
          case "File" -> Files.isRegularFile(path);
          case "" -> Files.exists(path) || Files.isDirectory(Files.createDirectories(path));
          default -> Files.exists(path);
        };
    if (!fine) {
      throw new ConfigFailure("hostPath type check failed: " + path + " is not a " + type);
    }
  }
}
