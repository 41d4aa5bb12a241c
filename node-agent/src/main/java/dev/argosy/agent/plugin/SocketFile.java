package dev.argosy.agent.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A socket of the folder.
 *
 * @param identity differs if another was made in its place
 */
record SocketFile(Path path, String identity) {

  private static final int KIND = 0170000;
  private static final int SOCKET = 0140000;
  private static final int DEEPEST = 3;

  /** Those of a folder and of the folders in it; none if it is not there. Links do not count. */
  static List<SocketFile> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<SocketFile> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!String.valueOf(path.getFileName()).startsWith(".")) {
          of(path).ifPresent(found::add);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  private static Optional<SocketFile> of(Path path) throws IOException {
    try {
      Map<String, Object> kept =
          Files.readAttributes(path, "unix:mode,ino,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      boolean socket = ((Integer) kept.getOrDefault("mode", 0) & KIND) == SOCKET;
      return socket
          ? Optional.of(new SocketFile(path, kept.get("ino") + " " + kept.get("lastModifiedTime")))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether somebody listens at a socket. */
  static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
