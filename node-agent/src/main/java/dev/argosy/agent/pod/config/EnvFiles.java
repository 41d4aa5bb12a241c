package dev.argosy.agent.pod.config;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.argosy.agent.pod.view.PodView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Variables from files that containers of the pod wrote into one of its {@code emptyDir} volumes.
 * They are the pod's to exchange at any moment: no link on the way is followed, and only plain
 * files of a reasonable size are read.
 */
final class EnvFiles {

  /** Many times what the kernel takes as an environment. */
  private static final int MOST_BYTES = 1 << 20;

  private final PodView pod;
  private final PodFolder folder;

  EnvFiles(PodView pod, PodFolder folder) {
    this.pod = pod;
    this.folder = folder;
  }

  /** What a {@code fileKeyRef} means; empty if it is not there and need not be. */
  Optional<String> value(JsonNode reference) throws ConfigFailure {
    String volume = reference.path("volumeName").asString("");
    String path = reference.path("path").asString("");
    String key = reference.path("key").asString("");
    if (!hasEmpty(volume)) {
      throw new ConfigFailure(
          "cannot find the volume \""
              + volume
              + "\" referenced by FileKeyRef: it must be an"
              + " emptyDir");
    }
    Optional<String> text = read(folder.volume(volume), Path.of(path).normalize(), path);
    Optional<String> value = text.isPresent() ? EnvFile.value(text.get(), key) : Optional.empty();
    if (value.isEmpty() && !reference.path("optional").asBoolean(false)) {
      throw new ConfigFailure(
          text.isEmpty()
              ? "file \"%s\" not found in volume \"%s\"".formatted(path, volume)
              : "environment variable key \"%s\" not found in file \"%s\" of volume \"%s\""
                  .formatted(key, path, volume));
    }
    return value;
  }

  private boolean hasEmpty(String name) {
    return pod.spec()
        .path("volumes")
        .valueStream()
        .anyMatch(v -> v.path("name").asString("").equals(name) && v.path("emptyDir").isObject());
  }

  private static Optional<String> read(Path root, Path relative, String told) throws ConfigFailure {
    if (relative.isAbsolute() || relative.startsWith("..") || relative.toString().isEmpty()) {
      throw new ConfigFailure("\"" + told + "\" is no path within a volume");
    }
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(root)) {
      if (!(opened instanceof SecureDirectoryStream<Path> top)) {
        throw new ConfigFailure("this node cannot read files of volumes safely");
      }
      return Optional.of(within(top, relative, told));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ConfigFailure(
          "failed to open environment variable file \"" + told + "\": " + e.getMessage());
    }
  }

  private static String within(SecureDirectoryStream<Path> here, Path path, String told)
      throws IOException, ConfigFailure {
    if (path.getNameCount() == 1) {
      return content(here, path, told);
    }
    try (SecureDirectoryStream<Path> deeper =
        here.newDirectoryStream(path.getName(0), NOFOLLOW_LINKS)) {
      return within(deeper, path.subpath(1, path.getNameCount()), told);
    }
  }

  private static String content(SecureDirectoryStream<Path> here, Path name, String told)
      throws IOException, ConfigFailure {
    boolean plain =
        here.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
            .readAttributes()
            .isRegularFile();
    if (!plain) {
      throw new ConfigFailure("\"" + told + "\" is no plain file");
    }
    // a pipe put there meanwhile does not hold up who would write, too, and its size is nothing
    try (SeekableByteChannel file =
        here.newByteChannel(
            name, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
      long size = file.size();
      if (size > MOST_BYTES) {
        throw new ConfigFailure("\"" + told + "\" is larger than 1 MiB");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // on to the end
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }
}
