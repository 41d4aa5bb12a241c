package dev.argosy.agent.pod.running;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.tunnel.PodRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The labels on sandboxes and containers that say whose they are. */
public final class PodLabels {

  public static final String CLUSTER = "argosy.dev/cluster";
  public static final String NAMESPACE = "io.kubernetes.pod.namespace";
  public static final String NAME = "io.kubernetes.pod.name";
  public static final String UID = "io.kubernetes.pod.uid";
  public static final String CONTAINER = "io.kubernetes.container.name";

  /** How many containers of that name the pod had before this one. */
  public static final String ATTEMPT = "argosy.dev/attempt";

  private PodLabels() {}

  /** All things of a pod. */
  public static Map<String, String> ofPod(ObjectKey pod, String uid) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(CLUSTER, pod.cluster());
    labels.put(NAMESPACE, pod.namespace());
    labels.put(NAME, pod.name());
    labels.put(UID, uid);
    return labels;
  }

  /** One container of a pod. */
  public static Map<String, String> ofContainer(
      ObjectKey pod, String uid, String container, int attempt) {
    Map<String, String> labels = ofPod(pod, uid);
    labels.put(CONTAINER, container);
    labels.put(ATTEMPT, Integer.toString(attempt));
    return labels;
  }

  /** The pod's uid among labels. */
  public static Optional<String> uid(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(UID));
  }

  /** Whose a sandbox or container is; empty if it does not say all of it. */
  public static Optional<PodRef> pod(Map<String, String> labels) {
    String cluster = labels.getOrDefault(CLUSTER, "");
    String namespace = labels.getOrDefault(NAMESPACE, "");
    String name = labels.getOrDefault(NAME, "");
    return cluster.isEmpty() || namespace.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : uid(labels).map(known -> new PodRef(cluster, namespace, name, known));
  }

  /** The attempt among labels; 0 if it is missing. */
  public static int attempt(Map<String, String> labels) {
    String text = labels.getOrDefault(ATTEMPT, "0");
    return text.chars().allMatch(Character::isDigit) && !text.isEmpty()
        ? Integer.parseInt(text)
        : 0;
  }
}
