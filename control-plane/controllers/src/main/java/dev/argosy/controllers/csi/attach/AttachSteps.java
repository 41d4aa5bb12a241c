package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Takes the steps of a plan. */
final class AttachSteps {

  /**
   * Of which volume.
   *
   * @param alike its PersistentVolumes
   * @param users pods by node
   * @param elsewhere whether a node has it for another cluster, too
   */
  record Volume(
      ObjectKey key,
      String inStatus,
      List<CsiVolume> alike,
      Map<String, List<PodView>> users,
      Predicate<String> elsewhere) {

    List<PodView> on(String node) {
      return users.getOrDefault(node, List.of());
    }

    String name() {
      return alike.isEmpty() ? key.name() : alike.getFirst().name();
    }
  }

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final ApiClient client;
  private final Informer<AttachmentView> attachments;
  private final OwnWrites writes;
  private final AttachTold told;
  private final AttachedReport report;

  AttachSteps(
      ApiClient client, Informer<AttachmentView> attachments, OwnWrites writes, AttachTold told) {
    this.client = client;
    this.attachments = attachments;
    this.writes = writes;
    this.told = told;
    this.report = new AttachedReport(client);
  }

  /** The first that did not work out ends it; a later pass goes on. */
  Outcome take(Volume volume, List<AttachPlan.Step> plan) {
    Set<String> waiting = new HashSet<>(volume.users().keySet());
    Outcome outcome = Outcome.DONE;
    for (AttachPlan.Step step : plan) {
      if (outcome instanceof Outcome.Done || outcome instanceof Outcome.RequeueAfter) {
        outcome = take(volume, step, outcome);
      }
    }
    told.keepOnly(volume.key(), waiting);
    return outcome;
  }

  /** That the volume is another cluster's. */
  void refuse(Volume volume) {
    volume
        .users()
        .values()
        .forEach(pods ->
            told.failed(
                volume.key(),
                pods,
                volume.name(),
                "its volumeHandle is not this cluster's; have the volume made for a claim"));
  }

  private Outcome take(Volume volume, AttachPlan.Step step, Outcome before) {
    return switch (step) {
      case AttachPlan.Step.Attach(String node) -> then(before, attach(volume, node));
      case AttachPlan.Step.Detach(AttachmentView attachment, boolean forced) ->
          then(before, detach(volume, attachment, forced));
      case AttachPlan.Step.Report(String node) -> {
        if (report.say(node, volume.inStatus(), true).isPresent()) {
          told.attached(volume.key(), volume.on(node), volume.name());
        }
        yield before;
      }
      case AttachPlan.Step.Retract(String node) -> {
        retract(volume, node);
        yield before;
      }
      case AttachPlan.Step.Elsewhere(String node, Set<String> others) -> {
        List<PodView> holders = new ArrayList<>();
        others.forEach(other -> holders.addAll(volume.on(other)));
        told.elsewhere(volume.key(), volume.on(node), volume.name(), holders);
        yield before;
      }
      case AttachPlan.Step.Problem(String node, String message) -> {
        told.failed(volume.key(), volume.on(node), volume.name(), message);
        yield before;
      }
      case AttachPlan.Step.Wait(var time) ->
          before instanceof Outcome.RequeueAfter(var sooner) && sooner.compareTo(time) < 0
              ? before
              : Outcome.requeueAfter(time);
    };
  }

  private static Outcome then(Outcome before, Outcome next) {
    return next instanceof Outcome.Done ? before : next;
  }

  private Outcome attach(Volume volume, String node) {
    CsiVolume first = volume.alike().getFirst();
    ObjectNode wanted = Json.object();
    wanted.put("apiVersion", "storage.k8s.io/v1").put("kind", "VolumeAttachment");
    wanted
        .putObject("metadata")
        .put("name", AttachmentView.name(first.handle(), first.driver(), node));
    ObjectNode spec = wanted.putObject("spec").put("attacher", first.driver());
    spec.put("nodeName", node).putObject("source").put("persistentVolumeName", first.name());
    ResourceScope scope = ResourceScope.cluster(Kinds.ATTACHMENTS, first.cluster());
    return switch (client.create(scope, wanted)) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> {
        writes.expect(volume.key(), attachments, made);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.ALREADY_EXISTS ->
          new Outcome.Retry(status.message());
      case ApiResult.Refused<ApiObject>(Status status) -> {
        told.failed(volume.key(), volume.on(node), volume.name(), status.message());
        yield Outcome.of(status);
      }
    };
  }

  private Outcome detach(Volume volume, AttachmentView attachment, boolean forced) {
    Optional<AttachNode> node = retract(volume, attachment.node());
    if (!forced && node.filter(n -> n.used().contains(volume.inStatus())).isPresent()) {
      return Outcome.requeueAfter(AGAIN); // its agent was faster
    }
    ObjectKey key = attachment.key();
    return switch (client.delete(key, DeleteOptions.ofUid(attachment.object().meta().uid()))) {
      case ApiResult.Ok<ApiObject> deleted -> {
        writes.expect(
            volume.key(),
            attachments,
            () -> attachments.get(key).filter(a -> !a.deleting()).isEmpty());
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject> refused -> Outcome.ofDeletion(refused);
    };
  }

  private Optional<AttachNode> retract(Volume volume, String node) {
    return volume.elsewhere().test(node)
        ? Optional.empty()
        : report.say(node, volume.inStatus(), false);
  }
}
