package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The name of a priority class becomes a pod's number; one class at most is the default.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/">
 *     Pod priority and preemption</a>
 */
final class PriorityStep implements AdmissionStep {

  private static final String GROUP = "scheduling.k8s.io";
  private static final GroupResource CLASSES = new GroupResource(GROUP, "priorityclasses");

  private final ClusterObjects objects;

  PriorityStep(ClusterObjects objects) {
    this.objects = objects;
  }

  /** What a class says; read once per revision. */
  record Level(String name, int value, String preemption, boolean byDefault) {

    private static final Object MAKER = new Object();
    private static final String PREEMPTS = "PreemptLowerPriority";
    private static final Level NONE = new Level("", 0, PREEMPTS, false);

    static Level of(ApiObject object) {
      return object.derived(
          Level.class,
          MAKER,
          found -> {
            ObjectNode tree = found.tree();
            return new Level(
                found.name(),
                tree.path("value").asInt(0),
                tree.path("preemptionPolicy").asString(PREEMPTS),
                tree.path("globalDefault").asBoolean(false));
          });
    }
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (pod == null
        || !request.concerns("", "pods")
        || !(pod.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    ObjectNode old = request.old();
    if (request.operation() == Operation.CREATE) {
      prioritize(request, spec);
    } else if (request.operation() == Operation.UPDATE && old != null) {
      keep(spec, old, "priority");
      keep(spec, old, "preemptionPolicy");
    }
  }

  private void prioritize(AdmissionRequest request, ObjectNode spec) {
    String name = spec.path("priorityClassName").asString("");
    String cluster = request.target().cluster();
    Level level = name.isEmpty() ? usual(cluster).orElse(Level.NONE) : named(request, name);
    if (name.isEmpty() && !level.name().isEmpty()) {
      spec.put("priorityClassName", level.name());
    }
    if (spec.hasNonNull("priority") && spec.path("priority").asLong() != level.value()) {
      throw Refusal.of(
          request,
          "the integer value of priority ("
              + spec.path("priority").asLong()
              + ") must not be provided in pod spec; priority admission controller computed "
              + level.value()
              + " from the given PriorityClass name");
    }
    spec.put("priority", level.value());
    String said = spec.path("preemptionPolicy").asString(level.preemption());
    if (!said.equals(level.preemption())) {
      throw Refusal.of(
          request,
          "the string value of PreemptionPolicy ("
              + said
              + ") must not be provided in pod spec; priority admission controller computed "
              + level.preemption()
              + " from the given PriorityClass name");
    }
    spec.put("preemptionPolicy", level.preemption());
  }

  private static void keep(ObjectNode spec, ObjectNode old, String field) {
    if (!spec.hasNonNull(field) && old.path("spec").hasNonNull(field)) {
      spec.set(field, old.path("spec").get(field));
    }
  }

  private Level named(AdmissionRequest request, String name) {
    return objects
        .find(new ObjectKey(CLASSES, request.target().cluster(), "", name))
        .map(Level::of)
        .orElseThrow(
            () -> Refusal.of(request, "no PriorityClass with name " + name + " was found"));
  }

  /** The default; the lowest if there are more of them after all. */
  private Optional<Level> usual(String cluster) {
    return objects.list(CLASSES, cluster, "").stream()
        .map(Level::of)
        .filter(Level::byDefault)
        .min(Comparator.comparingInt(Level::value));
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode one = request.object();
    boolean write =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    if (!write
        || one == null
        || !request.concerns(GROUP, "priorityclasses")
        || !one.path("globalDefault").asBoolean(false)) {
      return;
    }
    Optional<Level> other = usual(request.target().cluster());
    if (other.isPresent() && !other.get().name().equals(request.target().name())) {
      throw Refusal.of(
          request,
          "PriorityClass "
              + other.get().name()
              + " is already marked as default. Only one default can exist");
    }
  }
}
