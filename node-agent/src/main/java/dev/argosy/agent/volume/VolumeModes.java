package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.view.PodView;
import tools.jackson.databind.JsonNode;

/**
 * Whether a pod's containers use volumes as what they are: folders in {@code volumeMounts}, devices
 * in {@code volumeDevices}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support">
 *     Raw block volumes</a>
 */
public record VolumeModes(PodView pod) {

  private static final String MAP = "MapVolume.MapPodDevice";
  private static final String MOUNTS = "volumeMounts";
  private static final String DEVICES = "volumeDevices";

  /** The reason of the event by which Kubernetes tells of a failure. */
  public static String reason(String failure) {
    return failure.startsWith(MAP) ? "FailedMapVolume" : "FailedMount";
  }

  /** What Kubernetes calls the making ready of a volume. */
  String operation(JsonNode volume) {
    return uses(DEVICES, volume) ? MAP : "MountVolume.SetUp";
  }

  /** Only claims can be devices. */
  void checkOthers() throws ConfigFailure {
    for (JsonNode volume : pod.spec().path("volumes")) {
      if (!(Wanted.of(pod.key().name(), volume) instanceof Wanted.Claim)) {
        check(volume, false);
      }
    }
  }

  /** Fails if a volume is used as what it is not. */
  void check(JsonNode volume, boolean block) throws ConfigFailure {
    String wrong = block ? MOUNTS : DEVICES;
    if (uses(wrong, volume)) {
      throw new ConfigFailure(
          "volume %s has volumeMode %s, but is specified in %s"
              .formatted(name(volume), block ? "Block" : "Filesystem", wrong));
    }
  }

  private boolean uses(String list, JsonNode volume) {
    return pod.all().stream()
        .flatMap(container -> container.tree().path(list).valueStream())
        .anyMatch(entry -> name(entry).equals(name(volume)));
  }

  private static String name(JsonNode volume) {
    return volume.path("name").asString("");
  }
}
