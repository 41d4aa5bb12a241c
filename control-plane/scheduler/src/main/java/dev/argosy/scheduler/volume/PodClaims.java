package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.node.NodeRequirement;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps pods and the volumes of their claims on the same node. */
public final class PodClaims {

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final Informer<VolumeView> volumes;
  private final Informer<ClassView> classes;

  public PodClaims(ApiClient client, Informers informers) {
    this.client = client;
    this.claims = informers.of(ClaimView.EVERYWHERE);
    this.volumes = informers.of(VolumeView.EVERYWHERE);
    this.classes = informers.of(ClassView.EVERYWHERE);
  }

  /** What the volumes of its claims ask for. Cheap for a pod without claims. */
  public Needs needs(PodView pod) {
    if (pod.claims().isEmpty()) {
      return Needs.NONE;
    }
    List<Needs.Place> places = new ArrayList<>();
    for (String name : pod.claims()) {
      Optional<ClaimView> claim = claims.get(key(pod, name));
      Optional<String> problem = problem(pod, name, claim);
      if (problem.isPresent()) {
        return Needs.problem(problem.get());
      }
      claim.ifPresent(c -> addPlace(pod, c, places));
    }
    return new Needs("", places);
  }

  private Optional<String> problem(PodView pod, String name, Optional<ClaimView> found) {
    if (found.isEmpty()) {
      return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
    }
    ClaimView claim = found.get();
    if (claim.deleting()) {
      return Optional.of("persistentvolumeclaim \"" + name + "\" is being deleted");
    }
    if (!claim.volume().isEmpty()) {
      return volume(pod, claim).isPresent()
          ? Optional.empty()
          : Optional.of("persistentvolume \"" + claim.volume() + "\" not found");
    }
    boolean waits = storageClass(pod, claim).map(ClassView::waits).orElse(true);
    return claim.node().isEmpty() && (claim.storageClass().isEmpty() || !waits)
        ? Optional.of("pod has unbound immediate PersistentVolumeClaims")
        : Optional.empty();
  }

  private void addPlace(PodView pod, ClaimView claim, List<Needs.Place> places) {
    if (!claim.node().isEmpty()) {
      NodeRequirement named = new NodeRequirement("metadata.name", "In", List.of(claim.node()));
      places.add(new Needs.Place(true, List.of(new NodeTerm(List.of(), List.of(named)))));
    }
    boolean bound = !claim.volume().isEmpty();
    List<NodeTerm> terms =
        bound
            ? volume(pod, claim).map(VolumeView::places).orElse(List.of())
            : storageClass(pod, claim).map(ClassView::places).orElse(List.of());
    if (!terms.isEmpty()) {
      places.add(new Needs.Place(bound, terms));
    }
  }

  private Optional<VolumeView> volume(PodView pod, ClaimView claim) {
    return volumes.get(new ObjectKey(VolumeView.VOLUMES, pod.key().cluster(), "", claim.volume()));
  }

  private Optional<ClassView> storageClass(PodView pod, ClaimView claim) {
    return claim.storageClass().isEmpty()
        ? Optional.empty()
        : classes.get(
            new ObjectKey(ClassView.CLASSES, pod.key().cluster(), "", claim.storageClass()));
  }

  /** Chooses the node for claims that have none yet; answers why it could not. Blocks. */
  public Optional<String> choose(PodView pod, String node) {
    Optional<String> problem = Optional.empty();
    for (String name : pod.claims()) {
      problem = problem.or(() -> choose(key(pod, name), node));
    }
    return problem;
  }

  private Optional<String> choose(ObjectKey key, String node) {
    Optional<ApiObject> claim = client.get(key).orAbsent();
    if (claim.isEmpty()) {
      return Optional.of("persistentvolumeclaim \"" + key.name() + "\" not found");
    }
    ClaimView view = ClaimView.of(claim.get());
    if (!view.node().isEmpty()) {
      return view.node().equals(node)
          ? Optional.empty()
          : Optional.of("node(s) had volume node affinity conflict");
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
        : Optional.empty();
  }

  private static ObjectKey key(PodView pod, String claim) {
    return new ObjectKey(ClaimView.CLAIMS, pod.key().cluster(), pod.key().namespace(), claim);
  }
}
