package dev.argosy.scheduler.pod;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A pod as the scheduler sees it.
 *
 * @param node empty while it is not bound
 * @param state where it is in its life
 * @param rank how important it is
 * @param told the message of its condition PodScheduled, if that is False
 * @param claims the volume claims that it uses
 * @param images of its containers
 */
public record PodView(
    ObjectKey key,
    String uid,
    String resourceVersion,
    Instant created,
    String node,
    PodState state,
    Rank rank,
    String told,
    List<ClaimRef> claims,
    Set<String> images,
    Demand demand,
    Company company) {

  public static final String SCHEDULER = "default-scheduler";

  public static final GroupResource PODS = new GroupResource("", "pods");

  /** All pods of all clusters. */
  public static final InformerSpec<PodView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(PODS), PodView::of);

  public PodView {
    claims = List.copyOf(claims);
    images = Set.copyOf(images);
  }

  public static PodView of(ApiObject pod) {
    JsonNode tree = pod.content();
    JsonNode spec = tree.path("spec");
    JsonNode status = tree.path("status");
    return new PodView(
        pod.key(),
        pod.meta().uid(),
        Long.toString(pod.revision()),
        Objects.requireNonNullElse(pod.meta().creationTimestamp(), Instant.EPOCH),
        spec.path("nodeName").asString(""),
        PodState.of(pod, spec, status),
        Rank.of(spec, status),
        told(status),
        ClaimRefs.of(pod.name(), spec),
        images(spec),
        DemandReader.read(spec, status),
        CompanyReader.read(pod, spec));
  }

  private static Set<String> images(JsonNode spec) {
    Set<String> images = new HashSet<>();
    spec.path("initContainers").forEach(c -> images.add(c.path("image").asString("")));
    spec.path("containers").forEach(c -> images.add(c.path("image").asString("")));
    return images;
  }

  private static String told(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("PodScheduled")
          && condition.path("status").asString("").equals("False")) {
        return condition.path("message").asString("");
      }
    }
    return "";
  }

  public PodView with(PodState changed) {
    return new PodView(
        key,
        uid,
        resourceVersion,
        created,
        node,
        changed,
        rank,
        told,
        claims,
        images,
        demand,
        company);
  }

  public PodView with(Rank changed) {
    return new PodView(
        key,
        uid,
        resourceVersion,
        created,
        node,
        state,
        changed,
        told,
        claims,
        images,
        demand,
        company);
  }

  public PodView with(Demand changed) {
    return new PodView(
        key,
        uid,
        resourceVersion,
        created,
        node,
        state,
        rank,
        told,
        claims,
        images,
        changed,
        company);
  }

  public int priority() {
    return rank.priority();
  }

  public boolean ended() {
    return state.ended();
  }

  public boolean deleting() {
    return state.deleting();
  }

  /** Whether it is to be given a node now. */
  public boolean pending() {
    return node.isEmpty() && state.waiting();
  }

  /** Whether another state of the same pod means the same to where other pods may run. */
  public boolean takesTheSame(PodView b) {
    return uid.equals(b.uid)
        && node.equals(b.node)
        && state.equals(b.state)
        && rank.equals(b.rank)
        && demand.equals(b.demand)
        && company.equals(b.company);
  }

  /** Whether both use one claim. */
  public boolean sharesClaim(PodView b) {
    return key.cluster().equals(b.key.cluster())
        && key.namespace().equals(b.key.namespace())
        && claims.stream()
            .anyMatch(a -> b.claims.stream().anyMatch(c -> c.name().equals(a.name())));
  }

  public Subject subject() {
    return new Subject(
        key.cluster(), "v1", "Pod", key.namespace(), key.name(), uid, resourceVersion, "");
  }
}
