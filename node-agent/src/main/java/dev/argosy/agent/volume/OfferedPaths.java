package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
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
  private final Mounter mounter;

  OfferedPaths(Path data, Mounter mounter) {
    this.links = data.toAbsolutePath().normalize().resolve("offered");
    this.mounter = mounter;
  }

  /** Mounts a path below something that is offered; links in it must not lead elsewhere. */
  void mount(Wanted.Offered wanted, Path target) throws ConfigFailure, IOException {
    Path path = wanted.path().normalize();
    Path offer = offer(path, wanted.block()).orElseThrow(() -> refused(path, wanted.block()));
    if (MountTable.read().at(target).isPresent()) {
      return;
    }
    HostPath.check(path, wanted.type());
    Path real = offer.toRealPath();
    if (wanted.block()) {
      show(real, target);
    } else {
      new SubPath(mounter).mount(real, offer.relativize(path).toString(), target);
    }
  }

  private ConfigFailure refused(Path path, boolean device) {
    return new ConfigFailure(
        "this node does not offer \"%s\" to PersistentVolumes: whoever runs it can, by a link in %s%s"
            .formatted(path, links, device ? " that leads to the device itself" : ""));
  }

  private void show(Path device, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.createDirectories(target.getParent());
      Files.createFile(target);
    }
    mounter.again(device, target);
  }

  /**
   * What is offered that the path lies in, as it is written, with no link in between. A device must
   * be offered itself: files of devices, of any disk of the machine, can be made by containers in
   * folders that they mount.
   */
  private Optional<Path> offer(Path path, boolean itself) throws IOException {
    for (Path link : offers()) {
      Path offer = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : link;
      boolean holds = itself ? path.equals(offer.normalize()) : path.startsWith(offer.normalize());
      if (offer.isAbsolute() && holds && within(offer, path)) {
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
