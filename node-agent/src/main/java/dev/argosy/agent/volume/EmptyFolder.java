package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes an emptyDir. One in memory takes no more than its limit, than the containers of its pod may
 * use together, and than the node gives to pods; one of huge pages what the pod's control group
 * lets it.
 */
final class EmptyFolder {

  /** As a memory file system has it by itself, and kubelet leaves it. */
  private static final int IN_MEMORY = 01777;

  private final Mounter mounter;

  EmptyFolder(Mounter mounter) {
    this.mounter = mounter;
  }

  void make(Path path, Wanted.Empty wanted, FieldValues fields) throws IOException {
    Files.createDirectories(path);
    if (!wanted.medium().isEmpty() && MountTable.read().at(path).isEmpty()) {
      if (wanted.memory()) {
        mounter.memory(path, bytes(wanted.bytes(), fields), "1777");
      } else {
        mounter.hugePages(path, HugeMedium.page(wanted.medium(), fields.pod()), wanted.bytes());
      }
    }
    FileModes.permit(path, wanted.memory() ? IN_MEMORY : 0777);
  }

  static long bytes(long limit, FieldValues fields) {
    return least(limit, least(containers(fields), fields.memoryBytes()));
  }

  private static long least(long one, long other) {
    return one <= 0 ? other : other <= 0 ? one : Math.min(one, other);
  }

  /** What all containers may use together; 0 if one has no limit. */
  private static long containers(FieldValues fields) {
    long sum = 0;
    for (ContainerView container : fields.pod().containers()) {
      long limit =
          Quantities.whole(container.resources().path("limits").path("memory").asString(""));
      if (limit <= 0) {
        return 0;
      }
      sum += limit;
    }
    return sum;
  }
}
