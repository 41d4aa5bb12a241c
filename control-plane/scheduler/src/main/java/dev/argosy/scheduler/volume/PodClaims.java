package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.node.NodeRequirement;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.pod.ClaimRef;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Keeps pods and the volumes of their claims on the same node. */
public final class PodClaims {

  private final ApiClient client;
  private final Volumes volumes;

  public PodClaims(ApiClient client, Informers informers) {
    this.client = client;
    this.volumes = new Volumes(informers);
  }

  /** What the volumes of its claims ask for. Cheap for a pod without claims. */
  public Needs needs(PodView pod) {
    if (pod.claims().isEmpty()) {
      return Needs.NONE;
    }
    List<Needs.Place> places = new ArrayList<>();
    List<Needs.Room> rooms = new ArrayList<>(0);
    List<ObjectKey> alone = new ArrayList<>(0);
    Set<Attachment> attachments = new HashSet<>();
    for (ClaimRef ref : pod.claims()) {
      ObjectKey key = ClaimView.key(pod.key(), ref.name());
      Optional<ClaimView> found = volumes.claim(key);
      Optional<String> problem = problem(pod, ref, found);
      if (problem.isPresent()) {
        return Needs.problem(problem.get());
      }
      found.ifPresent(claim -> addPlace(pod, claim, places));
      found.flatMap(claim -> room(pod, claim)).ifPresent(rooms::add);
      found.filter(ClaimView::alone).ifPresent(claim -> alone.add(key));
      volumes
          .attachment(key)
          .filter(attachment -> volumes.limited(attachment.driver()))
          .ifPresent(attachments::add);
    }
    Optional<Attaching> attaching =
        attachments.isEmpty() ? Optional.empty() : Optional.of(new Attaching(attachments, volumes));
    return new Needs("", places, rooms, alone, attaching);
  }

  private Optional<String> problem(PodView pod, ClaimRef ref, Optional<ClaimView> found) {
    if (found.isEmpty()) {
      return Optional.of(
          ref.ephemeral()
              ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \""
                  + ref.name()
                  + "\""
              : "persistentvolumeclaim \"" + ref.name() + "\" not found");
    }
    ClaimView claim = found.get();
    if (claim.deleting()) {
      return Optional.of("persistentvolumeclaim \"" + ref.name() + "\" is being deleted");
    }
    if (ref.ephemeral() && !claim.owner().equals(pod.uid())) {
      return Optional.of(notItsOwn(pod, ref));
    }
    if (!claim.volume().isEmpty()) {
      return volumes.volume(pod.key().cluster(), claim).isPresent()
          ? Optional.empty()
          : Optional.of("persistentvolume \"" + claim.volume() + "\" not found");
    }
    if (!claim.node().isEmpty() && inTheMaking(pod.key().cluster(), claim)) {
      return Optional.of(inTheMaking(ref.name()));
    }
    boolean waits =
        volumes.storageClass(pod.key().cluster(), claim).map(ClassView::waits).orElse(true);
    return claim.node().isEmpty() && (claim.storageClass().isEmpty() || !waits)
        ? Optional.of("pod has unbound immediate PersistentVolumeClaims")
        : Optional.empty();
  }

  /**
   * Whether somebody else makes its volume for the chosen node, and may find that there is no room,
   * or that another claim has what was free there: the pod must not be bound before. The platform's
   * own class always has it made there.
   */
  private boolean inTheMaking(String cluster, ClaimView claim) {
    return claim.volume().isEmpty()
        && volumes
            .storageClass(cluster, claim)
            .filter(ClassView::waits)
            .filter(c -> !c.provisioner().equals(ClassView.OWN))
            .isPresent();
  }

  private static String inTheMaking(String claim) {
    return "waiting for the volume of persistentvolumeclaim \"" + claim + "\" to be made";
  }

  private static String notItsOwn(PodView pod, ClaimRef ref) {
    String namespace = pod.key().namespace();
    return "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
        .formatted(namespace, ref.name(), namespace, pod.key().name());
  }

  private void addPlace(PodView pod, ClaimView claim, List<Needs.Place> places) {
    if (!claim.node().isEmpty()) {
      NodeRequirement named = new NodeRequirement("metadata.name", "In", List.of(claim.node()));
      places.add(new Needs.Place(true, List.of(new NodeTerm(List.of(), List.of(named)))));
    }
    boolean bound = !claim.volume().isEmpty();
    String cluster = pod.key().cluster();
    Optional<List<NodeTerm>> terms =
        bound
            ? volumes
                .volume(cluster, claim)
                .map(VolumeView::places)
                .filter(there -> !there.isEmpty())
            : volumes.places(cluster, claim);
    terms.ifPresent(some -> places.add(new Needs.Place(bound, some)));
  }

  /** What has to have room for the claim's volume, if it is to be made where the pod goes. */
  private Optional<Needs.Room> room(PodView pod, ClaimView claim) {
    if (!claim.volume().isEmpty() || !claim.node().isEmpty()) {
      return Optional.empty();
    }
    String cluster = pod.key().cluster();
    return volumes
        .storageClass(cluster, claim)
        .filter(ClassView::waits)
        .flatMap(c -> volumes.rooms(cluster, claim.storageClass(), c.provisioner()))
        .map(known -> new Needs.Room(claim.size(), known));
  }

  /** Chooses the node for claims that have none yet; answers why it could not. Blocks. */
  public Optional<String> choose(PodView pod, String node) {
    Optional<String> problem = Optional.empty();
    for (ClaimRef ref : pod.claims()) {
      problem = problem.or(() -> choose(ClaimView.key(pod.key(), ref.name()), node));
    }
    return problem;
  }

  private Optional<String> choose(ObjectKey key, String node) {
    Optional<ApiObject> claim = client.get(key).orAbsent();
    if (claim.isEmpty()) {
      return Optional.of("persistentvolumeclaim \"" + key.name() + "\" not found");
    }
    ClaimView view = ClaimView.of(claim.get());
    if (!view.node().isEmpty() && !view.node().equals(node)) {
      return Optional.of("node(s) had volume node affinity conflict");
    }
    if (!view.node().isEmpty()) {
      return made(key, view);
    }
    if (!view.volume().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("resourceVersion", Long.toString(claim.get().revision()))
        .putObject("annotations")
        .put(ClaimView.SELECTED_NODE, node);
    return client.patch(key, "", Patch.merge(patch))
            instanceof ApiResult.Refused<ApiObject>(Status status)
        ? Optional.of(status.message())
        : made(key, view);
  }

  private Optional<String> made(ObjectKey key, ClaimView claim) {
    return inTheMaking(key.cluster(), claim)
        ? Optional.of(inTheMaking(key.name()))
        : Optional.empty();
  }
}
