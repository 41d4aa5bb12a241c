package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Paths of the machine that PersistentVolumes may name. Whoever runs the node offers them: by links
 * in the folder {@code offered} of the agent's data folder. Tenants write PersistentVolumes as they
 * like, and nothing else of the machine is for them.
 */
final class OfferedPaths {

  private final Path links;
  private final SubPath parts;

  OfferedPaths(Path data, SubPath parts) {
    this.links = data.toAbsolutePath().normalize().resolve("offered");
    this.parts = parts;
  }

  /** Mounts a path below something that is offered; links in it must not lead elsewhere. */
  void mount(Wanted.Offered wanted, Path target) throws ConfigFailure, IOException {
    Path path = wanted.path().normalize();
    Path offer =
        offer(path)
            .orElseThrow(() ->
                new ConfigFailure(
                    "this node does not offer \""
                        + path
                        + "\" to PersistentVolumes: whoever runs it can, by a link in "
                        + links));
    if (MountTable.read().at(target).isPresent()) {
      return;
    }
    HostPath.check(path, wanted.type());
    Path real = offer.toRealPath();
    parts.mount(real, offer.relativize(path).toString(), target);
  }

  /** What is offered that the path lies in, as it is written, with no link in between. */
  private Optional<Path> offer(Path path) throws IOException {
    for (Path link : offers()) {
      Path offer = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : link;
      if (offer.isAbsolute() && path.startsWith(offer.normalize()) && within(offer, path)) {
        return Optional.of(offer.normalize());
      }
    }
    return Optional.empty();
  }

  /** What is not there yet would be made: the folder that is to hold it counts then. */
  private static boolean within(Path offer, Path path) throws IOException {
    Path there = path;
    while (there != null && !Files.exists(there) && !there.equals(offer.normalize())) {
      there = there.getParent();
    }
    try {
      return there != null && there.toRealPath().startsWith(offer.toRealPath());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private List<Path> offers() throws IOException {
    if (!Files.isDirectory(links)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(links)) {
      return all.sorted().toList();
    }
  }
}
