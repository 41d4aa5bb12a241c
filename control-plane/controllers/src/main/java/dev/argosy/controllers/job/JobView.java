package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.BySelector;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.selector.LabelSelector;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Job as controllers see it.
 *
 * @param completions that are wanted; empty if the first success of any pod is enough
 * @param onlyReplaceEnded whether a pod that is being deleted must have ended before another takes
 *     its place ({@code podReplacementPolicy: Failed})
 * @param restarts whether containers are restarted in their pods ({@code OnFailure})
 * @param ours whether no other controller manages it
 */
public record JobView(
    ApiObject object,
    int parallelism,
    Optional<Integer> completions,
    boolean indexed,
    boolean suspended,
    boolean onlyReplaceEnded,
    boolean restarts,
    boolean ours,
    JobLimits limits,
    FailurePolicy failurePolicy,
    SuccessPolicy successPolicy,
    LabelSelector selector,
    JobStatus status) {

  /** By the uid of the managing owner. */
  public static final String BY_OWNER = "owner";

  static final BySelector<JobView> BY_SELECTOR =
      new BySelector<>(JobView::object, JobView::selector);

  /** All Jobs of all clusters. */
  public static final InformerSpec<JobView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.JOBS),
          JobView::of,
          new Index<>(
              BY_OWNER,
              j -> j.object().meta().controller().map(OwnerReference::uid).stream().toList()),
          BY_SELECTOR.index());

  private static final String MANAGER = "kubernetes.io/job-controller";

  static JobView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    boolean policy = spec.path("podFailurePolicy").isObject();
    String replacement = policy ? "Failed" : "TerminatingOrFailed";
    return new JobView(
        object,
        spec.path("parallelism").asInt(1),
        Optional.ofNullable(spec.get("completions")).map(n -> n.asInt(1)),
        spec.path("completionMode").asString("").equals("Indexed"),
        spec.path("suspend").asBoolean(false),
        spec.path("podReplacementPolicy").asString(replacement).equals("Failed"),
        spec.at("/template/spec/restartPolicy").asString("").equals("OnFailure"),
        spec.path("managedBy").asString(MANAGER).equals(MANAGER),
        JobLimits.of(spec),
        FailurePolicy.of(spec.path("podFailurePolicy")),
        SuccessPolicy.of(spec.path("successPolicy")),
        LabelSelector.ofObject(spec.get("selector")),
        JobStatus.of(tree.path("status")));
  }

  public ObjectKey key() {
    return object.key();
  }

  public String name() {
    return object.name();
  }

  public String uid() {
    return object.meta().uid();
  }

  public boolean deleting() {
    return object.meta().deleting();
  }

  /** Whether it has come to an end, well or badly. */
  public boolean finished() {
    return status.finished();
  }

  /** Whether it is complete. */
  public boolean complete() {
    return Condition.isTrue(status.conditions(), "Complete");
  }

  /** {@code status.startTime}; empty if it has not begun. */
  public String started() {
    return status.started();
  }

  /** {@code status.completionTime}; empty if it is not complete. */
  public String completed() {
    return status.completed();
  }

  Owner owner() {
    return new Owner("batch/v1", "Job", object);
  }

  /** A new tree of the pod template. */
  ObjectNode template() {
    return object.tree().withObject("/spec/template");
  }
}
