package dev.argosy.agent.csi.volume;

import dev.argosy.agent.csi.Driver;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes volumes back, by what is written down beside them. What cannot be read any more is
 * unmounted without its driver.
 */
final class Takedown {

  private static final Logger LOG = LoggerFactory.getLogger(Takedown.class);

  private final Drivers drivers;
  private final CsiFolders folders;
  private final Turns turns;
  private final VolumesInUse inUse;
  private final Mounter mounter = new Mounter();

  Takedown(Drivers drivers, CsiFolders folders, Turns turns, VolumesInUse inUse) {
    this.drivers = drivers;
    this.folders = folders;
    this.turns = turns;
    this.inUse = inUse;
  }

  /** From a pod; then from the node, if no other pod has it. */
  void unpublish(Path folder) throws IOException {
    Path target = CsiFolders.mount(folder);
    Optional<Kept> found = Kept.read(folder);
    if (found.isEmpty()) {
      clear(folder, target);
      return;
    }
    Kept kept = found.get();
    try (Turns.Turn _ = turns.take(kept.driver(), kept.handle())) {
      if (kept.tried()) {
        ask(kept, "NodeUnpublishVolume", NodeRequests.unpublish(kept.handle(), target));
      }
      clear(folder, target);
      Path staged = folders.staged(kept.driver(), kept.handle());
      if (Files.exists(staged) && !used(kept)) {
        unstage(staged, kept);
      }
    }
    if (kept.attached()) {
      inUse.tellLater();
    }
  }

  private boolean used(Kept kept) throws IOException {
    for (Path one : folders.allPublished()) {
      if (Kept.read(one).filter(k -> k.same(kept.driver(), kept.handle())).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void unstage(Path folder, Kept kept) throws IOException {
    Path staging = CsiFolders.staging(folder);
    ask(kept, "NodeUnstageVolume", NodeRequests.unstage(kept.handle(), staging));
    clear(folder, staging);
  }

  /** What is staged and no pod has: whoever was about to use it did not come to it. */
  void sweep() throws IOException {
    for (Path folder : folders.allStaged()) {
      Optional<Kept> kept = Kept.read(folder);
      try {
        if (kept.isEmpty()) {
          clear(folder, CsiFolders.staging(folder));
        } else {
          sweep(folder, kept.get());
        }
      } catch (IOException e) {
        LOG.warn("staged volume in {} is not put away: {}", folder, e.getMessage());
      }
    }
    inUse.tellLater();
  }

  private void sweep(Path folder, Kept kept) throws IOException {
    if (drivers.find(kept.driver()).isEmpty()) {
      LOG.debug("driver {} is not there to take back {}", kept.driver(), kept.name());
      return;
    }
    try (Turns.Turn _ = turns.take(kept.driver(), kept.handle())) {
      if (!used(kept)) {
        unstage(folder, kept);
      }
    }
  }

  /** One that the driver does not know any more is taken back already. */
  private void ask(Kept kept, String method, MessageBuilder request) throws IOException {
    Driver driver =
        drivers
            .find(kept.driver())
            .orElseThrow(() ->
                new IOException(
                    "driver name "
                        + kept.driver()
                        + " not found in the list of registered CSI drivers"));
    try {
      driver.node(method, request);
    } catch (GrpcFailure e) {
      if (e.code() != Code.NOT_FOUND) {
        throw new IOException(Words.of(e, List.of()), e);
      }
    }
  }

  /**
   * Removes what is left: an empty place, never what is mounted there. Drivers put block devices
   * into the folder of what is staged.
   */
  private void clear(Path folder, Path target) throws IOException {
    mounter.unmountBelow(target);
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> all = Files.list(target)) {
        for (Path place : all.toList()) {
          empty(place);
        }
      }
    }
    Files.deleteIfExists(target);
    Kept.remove(folder);
  }

  private static void empty(Path place) throws IOException {
    if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && Files.size(place) == 0) {
      Files.delete(place);
    }
  }
}
