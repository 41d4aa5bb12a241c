package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.schema.validation.QosClass;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the node is short of, for all to see, and who is let in meanwhile: critical pods always;
 * when only memory is short, all but pods that asked for none of it and do not tolerate it. Any
 * thread.
 */
public final class PressureBoard implements Check {

  private static final String MEMORY_TAINT = "node.kubernetes.io/memory-pressure";

  private volatile Set<NodeCondition> conditions = Set.of();

  /** What it is short of now. */
  public Set<NodeCondition> conditions() {
    return conditions;
  }

  void show(Set<NodeCondition> now) {
    conditions = Set.copyOf(now);
  }

  @Override
  public Optional<Rejection> admit(PodView pod) {
    Set<NodeCondition> now = conditions;
    if (now.isEmpty() || PodUse.critical(pod)) {
      return Optional.empty();
    }
    boolean memoryAlone = now.equals(Set.of(NodeCondition.MEMORY));
    if (memoryAlone && (!QosClass.of(pod.spec()).equals("BestEffort") || tolerates(pod))) {
      return Optional.empty();
    }
    String names =
        EnumSet.copyOf(now).stream().map(NodeCondition::type).collect(Collectors.joining(" "));
    return Optional.of(new Rejection("Evicted", "The node had condition: [" + names + "]. "));
  }

  private static boolean tolerates(PodView pod) {
    return pod.spec().path("tolerations").valueStream().anyMatch(PressureBoard::covers);
  }

  private static boolean covers(JsonNode toleration) {
    String key = toleration.path("key").asString("");
    String effect = toleration.path("effect").asString("");
    boolean exists = toleration.path("operator").asString("").equals("Exists");
    boolean any = key.isEmpty() && exists;
    boolean value = exists || toleration.path("value").asString("").isEmpty();
    return (any || (key.equals(MEMORY_TAINT) && value))
        && (effect.isEmpty() || effect.equals("NoSchedule"));
  }
}
