package dev.argosy.agent.csi.volume;

import dev.argosy.agent.csi.Driver;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.NodeAbility;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks drivers what volumes hold. */
final class UseOfVolumes {

  private static final Logger LOG = LoggerFactory.getLogger(UseOfVolumes.class);
  private static final int BYTES = 1;
  private static final int INODES = 2;
  private static final long UNKNOWN = -1;

  private final Drivers drivers;
  private final CsiFolders folders;

  UseOfVolumes(Drivers drivers, CsiFolders folders) {
    this.drivers = drivers;
    this.folders = folders;
  }

  /**
   * Of one volume of a pod.
   *
   * @param volume its name in the pod
   * @return empty if it is none of a driver's, or its driver does not say
   */
  Optional<VolumeUse> of(Path pod, String volume) {
    try {
      for (Path folder : folders.publishedOf(pod)) {
        Optional<Kept> kept =
            Kept.read(folder).filter(Kept::mounted).filter(k -> k.podVolume().equals(volume));
        if (kept.isPresent()) {
          return of(folder, kept.get());
        }
      }
    } catch (IOException e) {
      LOG.debug("volumes of {} are not known: {}", pod, e.toString());
    }
    return Optional.empty();
  }

  private Optional<VolumeUse> of(Path folder, Kept kept) {
    Optional<Driver> driver =
        drivers.find(kept.driver()).filter(d -> d.can(NodeAbility.GET_VOLUME_STATS));
    if (driver.isEmpty()) {
      return Optional.empty();
    }
    String staging =
        driver.get().can(NodeAbility.STAGE_UNSTAGE_VOLUME)
            ? CsiFolders.staging(folders.staged(kept.driver(), kept.handle())).toString()
            : "";
    try {
      return Optional.of(
          read(
              driver
                  .get()
                  .node(
                      "NodeGetVolumeStats",
                      NodeRequests.stats(kept.handle(), CsiFolders.mount(folder), staging))));
    } catch (GrpcFailure e) {
      LOG.debug("no use of volume {}: {}", kept.name(), e.getMessage());
      return Optional.empty();
    }
  }

  private static VolumeUse read(Message answer) {
    long[] bytes = {UNKNOWN, UNKNOWN, UNKNOWN};
    long[] inodes = {UNKNOWN, UNKNOWN, UNKNOWN};
    for (Message usage : answer.messages(1)) {
      if (usage.number(4) == BYTES) {
        bytes = figures(usage);
      } else if (usage.number(4) == INODES) {
        inodes = figures(usage);
      }
    }
    Message condition = answer.message(2);
    return new VolumeUse(
        bytes[0],
        bytes[1],
        bytes[2],
        inodes[0],
        inodes[1],
        inodes[2],
        condition.flag(1) ? condition.text(2) : "");
  }

  private static long[] figures(Message usage) {
    return new long[] {usage.number(2), usage.number(3), usage.number(1)};
  }
}
