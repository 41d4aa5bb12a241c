package dev.argosy.agent.storage;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.model.quantity.Quantity;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a pod has more on the disk than it may: in a volume, in all, or in a container; in
 * Kubernetes' order and words. A pod that breaks its own limit is no target of disruption.
 */
final class StorageLimits {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private StorageLimits() {}

  /** Whether anything of the pod is limited. */
  static boolean any(PodView pod) {
    return pod.all().stream().anyMatch(c -> !limit(c).isEmpty())
        || pod.spec().path("volumes").valueStream().anyMatch(v -> !limit(v).isEmpty());
  }

  static Optional<Verdict> broken(PodView pod, PodDisk disk) {
    return volume(pod, disk)
        .or(() -> whole(pod, disk))
        .or(() -> container(pod, disk))
        .map(text -> new Verdict("Evicted", text, AT_ONCE, false));
  }

  private static Optional<String> volume(PodView pod, PodDisk disk) {
    for (JsonNode volume : pod.spec().path("volumes")) {
      String name = volume.path("name").asString("");
      String limit = limit(volume);
      if (over(disk.volumes().getOrDefault(name, 0L), limit)) {
        return Optional.of(
            "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                .formatted(name, Quantity.canonical(limit)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> whole(PodView pod, PodDisk disk) {
    return TotalLimit.of(pod)
        .filter(most -> over(disk.total(), most.toString()))
        .map(most ->
            "Pod ephemeral local storage usage exceeds the total limit of containers "
                + most
                + ". ");
  }

  private static Optional<String> container(PodView pod, PodDisk disk) {
    return pod.all().stream()
        .filter(c -> !none(limit(c)))
        .filter(c -> over(disk.containers().getOrDefault(c.name(), 0L), limit(c)))
        .findFirst()
        .map(c ->
            "Container %s exceeded its local ephemeral storage limit \"%s\". "
                .formatted(c.name(), Quantity.canonical(limit(c))));
  }

  private static boolean over(long bytes, String limit) {
    return !limit.isEmpty() && bytes > Quantities.whole(limit);
  }

  static String limit(ContainerView container) {
    return container.resources().path("limits").path("ephemeral-storage").asString("");
  }

  /** Of an emptyDir; 0 is none. */
  private static String limit(JsonNode volume) {
    String limit = volume.path("emptyDir").path("sizeLimit").asString("");
    return none(limit) ? "" : limit;
  }

  private static boolean none(String limit) {
    return limit.isEmpty() || Quantities.whole(limit) == 0;
  }
}
