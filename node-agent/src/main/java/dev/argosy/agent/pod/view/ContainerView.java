package dev.argosy.agent.pod.view;

import dev.argosy.agent.pod.view.PodView.RestartPolicy;
import dev.argosy.model.object.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A container of a pod's specification.
 *
 * @param sidecar an init container that goes on running beside the others
 * @param ephemeral whether it joined the running pod: it is started once, never again
 * @param tree its part of the specification, not to be changed
 */
public record ContainerView(
    String name,
    String image,
    PullPolicy pullPolicy,
    boolean init,
    boolean sidecar,
    boolean ephemeral,
    JsonNode tree) {

  /** When its image is fetched. */
  public enum PullPolicy {
    ALWAYS,
    IF_NOT_PRESENT,
    NEVER
  }

  public static ContainerView of(JsonNode tree, boolean init) {
    return of(tree, init, false);
  }

  static ContainerView ofEphemeral(JsonNode tree) {
    return of(tree, false, true);
  }

  private static ContainerView of(JsonNode tree, boolean init, boolean ephemeral) {
    String image = tree.path("image").asString("");
    return new ContainerView(
        tree.path("name").asString(""),
        image,
        policy(tree.path("imagePullPolicy").asString(""), image),
        init,
        init && tree.path("restartPolicy").asString("").equals("Always"),
        ephemeral,
        tree);
  }

  private static PullPolicy policy(String text, String image) {
    return switch (text) {
      case "Always" -> PullPolicy.ALWAYS;
      case "Never" -> PullPolicy.NEVER;
      case "IfNotPresent" -> PullPolicy.IF_NOT_PRESENT;
      default -> image.endsWith(":latest") ? PullPolicy.ALWAYS : PullPolicy.IF_NOT_PRESENT;
    };
  }

  /** What it asks for and may use at most; never missing. */
  public JsonNode resources() {
    JsonNode resources = tree.path("resources");
    return resources.isObject() ? resources : Json.object();
  }

  /** What happens when it ends, if it says so for itself. */
  public Optional<RestartPolicy> restartPolicy() {
    String own = tree.path("restartPolicy").asString("");
    return own.isEmpty() ? Optional.empty() : Optional.of(RestartPolicy.of(own));
  }

  /** Whether these are its resources; without any, all are fine. */
  boolean has(@Nullable JsonNode resources) {
    return resources == null || resources().equals(resources);
  }

  /** A probe, if it has one: {@code startup}, {@code liveness} or {@code readiness}. */
  public Optional<ProbeView> probe(String kind) {
    JsonNode probe = tree.path(kind + "Probe");
    return probe.isObject() ? Optional.of(ProbeView.of(probe)) : Optional.empty();
  }
}
