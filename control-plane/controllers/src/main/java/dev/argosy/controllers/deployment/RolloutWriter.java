package dev.argosy.controllers.deployment;

import dev.argosy.controllers.replicaset.ReplicaSetView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the steps of a plan. */
final class RolloutWriter {

  private final ApiClient client;
  private final Informer<DeploymentView> deployments;
  private final Informer<ReplicaSetView> sets;
  private final OwnWrites writes;
  private final EventRecorder events;

  RolloutWriter(
      ApiClient client,
      Informer<DeploymentView> deployments,
      Informer<ReplicaSetView> sets,
      OwnWrites writes,
      EventRecorder events) {
    this.client = client;
    this.deployments = deployments;
    this.sets = sets;
    this.writes = writes;
    this.events = events;
  }

  ApiResult<ApiObject> apply(DeploymentView deployment, Step step) {
    ApiResult<ApiObject> result =
        switch (step) {
          case Step.Create create -> create(deployment, create);
          case Step.Scale scale -> scale(deployment, scale);
          case Step.Refresh(ReplicaSetView set, long revision) ->
              refresh(deployment, set, revision);
          case Step.Record(long revision) -> record(deployment, revision);
          case Step.Delete(ReplicaSetView set) ->
              client.delete(set.key(), DeleteOptions.ofUid(set.uid()));
        };
    if (result instanceof ApiResult.Ok<ApiObject>(ApiObject written)) {
      if (step instanceof Step.Delete(ReplicaSetView set)) {
        ObjectKey key = set.key();
        writes.expect(
            deployment.key(), sets, () -> sets.get(key).filter(s -> !s.deleting()).isEmpty());
      } else if (step instanceof Step.Record) {
        writes.expect(deployment.key(), deployments, written);
      } else {
        writes.expect(deployment.key(), sets, written);
      }
    }
    return result;
  }

  static String setName(DeploymentView deployment) {
    return deployment.name() + "-" + hash(deployment);
  }

  private static String hash(DeploymentView deployment) {
    return Template.hash(deployment.template(), deployment.status().collisions());
  }

  private ApiResult<ApiObject> create(DeploymentView deployment, Step.Create step) {
    ObjectKey key = deployment.key();
    ApiResult<ApiObject> result =
        client.create(
            ResourceScope.namespace(Kinds.REPLICA_SETS, key.cluster(), key.namespace()),
            newSet(deployment, step));
    if (result instanceof ApiResult.Ok<ApiObject>(ApiObject made) && step.replicas() > 0) {
      scaled(deployment, made.name(), 0, step.replicas());
    }
    if (result instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.ALREADY_EXISTS) {
      events.warning(
          subject(deployment),
          "ReplicaSetCreateError",
          "Failed to create new replica set \"" + setName(deployment) + "\": " + status.message());
    }
    return result;
  }

  private static ObjectNode newSet(DeploymentView deployment, Step.Create step) {
    String hash = hash(deployment);
    ObjectNode set =
        Owned.newObject(
            "apps/v1",
            "ReplicaSet",
            deployment.key().namespace(),
            Owned.by("apps/v1", "Deployment", deployment.object()));
    ObjectNode meta = set.withObject("/metadata").put("name", setName(deployment));
    ObjectNode template = deployment.template();
    template.withObject("/metadata/labels").put(Template.HASH_LABEL, hash);
    meta.set("labels", template.withObject("/metadata/labels").deepCopy());
    ObjectNode annotations = meta.putObject("annotations");
    Revisions.annotations(deployment, Map.of(), step.revision()).forEach(annotations::put);
    putSizes(annotations, deployment);
    ObjectNode spec = set.putObject("spec").put("replicas", step.replicas());
    if (deployment.minReadySeconds() > 0) {
      spec.put("minReadySeconds", deployment.minReadySeconds());
    }
    ObjectNode selector = deployment.object().tree().withObject("/spec/selector");
    selector.withObject("/matchLabels").put(Template.HASH_LABEL, hash);
    spec.set("selector", selector);
    spec.set("template", template);
    return set;
  }

  private static void putSizes(ObjectNode annotations, DeploymentView deployment) {
    annotations.put(Revisions.DESIRED, Integer.toString(deployment.replicas()));
    annotations.put(Revisions.MAX, Integer.toString(deployment.replicas() + deployment.maxSurge()));
  }

  private ApiResult<ApiObject> scale(DeploymentView deployment, Step.Scale step) {
    ReplicaSetView set = step.set();
    ObjectNode tree = set.object().tree();
    tree.withObject("/spec").put("replicas", step.replicas());
    putSizes(tree.withObject("/metadata").withObject("annotations"), deployment);
    ApiResult<ApiObject> result = client.update(set.key(), tree);
    if (result instanceof ApiResult.Ok && set.replicas() != step.replicas()) {
      scaled(deployment, set.name(), set.replicas(), step.replicas());
    }
    return result;
  }

  private void scaled(DeploymentView deployment, String set, int from, int to) {
    events.normal(
        subject(deployment),
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d"
            .formatted(to > from ? "up" : "down", set, from, to));
  }

  private ApiResult<ApiObject> refresh(
      DeploymentView deployment, ReplicaSetView set, long revision) {
    ObjectNode tree = set.object().tree();
    ObjectNode annotations = tree.withObject("/metadata").withObject("annotations");
    Revisions.annotations(deployment, set.object().meta().annotations(), revision)
        .forEach(annotations::put);
    tree.withObject("/spec").put("minReadySeconds", deployment.minReadySeconds());
    return client.update(set.key(), tree);
  }

  private ApiResult<ApiObject> record(DeploymentView deployment, long revision) {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("uid", deployment.uid())
        .putObject("annotations")
        .put(Revisions.REVISION, Long.toString(revision));
    return client.patch(deployment.key(), "", Patch.merge(patch));
  }

  static Subject subject(DeploymentView deployment) {
    return Subject.of("apps/v1", "Deployment", deployment.object());
  }
}
