package dev.argosy.agent.pod.view;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One revision of a pod.
 *
 * @param deletionTimestamp when it must be gone; null while it is wanted
 * @param tree the whole object, not to be changed
 */
public record PodView(
    ObjectKey key,
    String uid,
    long revision,
    long generation,
    @Nullable Instant deletionTimestamp,
    RestartPolicy restartPolicy,
    List<ContainerView> initContainers,
    List<ContainerView> containers,
    JsonNode tree) {

  /** Where a pod comes from, if not from the API; an annotation as the two below. */
  public static final String CONFIG_SOURCE = "kubernetes.io/config.source";

  public static final String CONFIG_HASH = "kubernetes.io/config.hash";

  /** At the object that shows a static pod: that one's uid. */
  public static final String CONFIG_MIRROR = "kubernetes.io/config.mirror";

  private static final long CRITICAL = 2_000_000_000L;

  /** What happens to containers that end. */
  public enum RestartPolicy {
    ALWAYS,
    ON_FAILURE,
    NEVER;

    static RestartPolicy of(String text) {
      return switch (text) {
        case "Never" -> NEVER;
        case "OnFailure" -> ON_FAILURE;
        default -> ALWAYS;
      };
    }
  }

  public PodView {
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
  }

  public static PodView of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    return new PodView(
        object.key(),
        object.meta().uid(),
        object.revision(),
        object.meta().generation(),
        object.meta().deletionTimestamp(),
        RestartPolicy.of(spec.path("restartPolicy").asString("Always")),
        containers(spec.path("initContainers"), true),
        containers(spec.path("containers"), false),
        tree);
  }

  private static List<ContainerView> containers(JsonNode list, boolean init) {
    List<ContainerView> views = new ArrayList<>();
    for (JsonNode one : list) {
      views.add(ContainerView.of(one, init));
    }
    return views;
  }

  public String annotation(String name) {
    return metadata().path("annotations").path(name).asString("");
  }

  /** Whether it comes from a file of this node, and the API has no more than its mirror. */
  public boolean fromFile() {
    return key.cluster().equals("root") && annotation(CONFIG_SOURCE).equals("file") && !mirror();
  }

  public long priority() {
    return spec().path("priority").asLong(0);
  }

  /**
   * Whether the node must not end it, and makes room for it, however short it is. Of annotations,
   * which anybody writes, only those count by which the agent marks its own static pods.
   */
  public boolean critical() {
    return fromFile() || priority() >= CRITICAL;
  }

  /** Whether it only shows a pod that comes from a file. */
  public boolean mirror() {
    return metadata().path("annotations").has(CONFIG_MIRROR);
  }

  /** A static pod with the status that the API has of it. */
  public PodView seenIn(PodView mirror) {
    ObjectNode copy = (ObjectNode) tree.deepCopy();
    copy.set("status", mirror.status());
    return new PodView(
        key,
        uid,
        mirror.revision,
        mirror.generation,
        deletionTimestamp,
        restartPolicy,
        initContainers,
        containers,
        copy);
  }

  /** The same, to be gone by then, whatever the API says later. */
  public PodView until(Instant deadline) {
    return ending(Long.MAX_VALUE, deadline);
  }

  /** Whether nothing newer comes: it is gone from the API, or never was there. */
  public boolean gone() {
    return revision == Long.MAX_VALUE;
  }

  /** The same revision with another time by which it must have ended. */
  public PodView endingBy(Instant deadline) {
    return ending(revision, deadline);
  }

  private PodView ending(long revision, Instant deadline) {
    return new PodView(
        key, uid, revision, generation, deadline, restartPolicy, initContainers, containers, tree);
  }

  public JsonNode metadata() {
    return tree.path("metadata");
  }

  public JsonNode spec() {
    return tree.path("spec");
  }

  public JsonNode status() {
    return tree.path("status");
  }

  public boolean hostNetwork() {
    return spec().path("hostNetwork").asBoolean(false);
  }

  /** Whether the system is done with it for good. */
  public boolean terminal() {
    String phase = status().path("phase").asString("");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** When it has been active for long enough; empty if it may go on, or has not begun. */
  public Optional<Instant> activeDeadline() {
    JsonNode seconds = spec().path("activeDeadlineSeconds");
    String start = status().path("startTime").asString("");
    return seconds.isNumber() && !start.isEmpty()
        ? Optional.of(Instant.parse(start).plusSeconds(seconds.asLong(0)))
        : Optional.empty();
  }

  public boolean overdue(Instant now) {
    return activeDeadline().filter(deadline -> !now.isBefore(deadline)).isPresent();
  }

  /** Those that joined while it ran, in the order in which they came. */
  public List<ContainerView> ephemeralContainers() {
    return spec()
        .path("ephemeralContainers")
        .valueStream()
        .map(ContainerView::ofEphemeral)
        .toList();
  }

  /** How long its containers may take to end. */
  public Duration grace() {
    return Duration.ofSeconds(spec().path("terminationGracePeriodSeconds").asLong(30));
  }

  /** All containers but ephemeral ones, in the order in which they start. */
  public List<ContainerView> all() {
    List<ContainerView> all = new ArrayList<>(initContainers);
    all.addAll(containers);
    return all;
  }

  /** The same with other {@code resources} of the containers that are named. */
  public PodView withResources(Map<String, JsonNode> resources) {
    if (all().stream().allMatch(c -> c.has(resources.get(c.name())))) {
      return this;
    }
    ObjectNode copy = (ObjectNode) tree.deepCopy();
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : copy.path("spec").path(list)) {
        JsonNode wanted = resources.get(container.path("name").asString(""));
        if (wanted != null && container instanceof ObjectNode one) {
          one.set("resources", wanted);
        }
      }
    }
    JsonNode spec = copy.path("spec");
    return new PodView(
        key,
        uid,
        revision,
        generation,
        deletionTimestamp,
        restartPolicy,
        containers(spec.path("initContainers"), true),
        containers(spec.path("containers"), false),
        copy);
  }

  @Override
  public String toString() {
    return "pod " + key.cluster() + "/" + key.namespace() + "/" + key.name();
  }
}
