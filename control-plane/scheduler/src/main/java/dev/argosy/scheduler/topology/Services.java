package dev.argosy.scheduler.topology;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.Requirement;
import dev.argosy.scheduler.pod.Company;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Selection;
import dev.argosy.scheduler.pod.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How pods are spread that do not say it (the Kubernetes page "Pod Topology Spread Constraints",
 * internal default constraints): those of one ReplicaSet, StatefulSet or ReplicationController, or
 * else of the services that select them, over nodes and zones, as far as possible.
 */
public final class Services {

  /**
   * The selector of a service.
   *
   * @param labels empty if it selects nothing
   */
  public record Service(ObjectKey key, Map<String, String> labels) {

    private static final GroupResource SERVICES = new GroupResource("", "services");

    /** All services of all clusters. */
    public static final InformerSpec<Service> EVERYWHERE =
        InformerSpec.of(ResourceScope.everywhere(SERVICES), Service::of);

    public Service {
      labels = Map.copyOf(labels);
    }

    static Service of(ApiObject service) {
      Map<String, String> labels = new HashMap<>();
      service
          .tree()
          .at("/spec/selector")
          .forEachEntry((key, value) -> labels.put(key, value.asString("")));
      return new Service(service.key(), labels);
    }
  }

  private static final String HOST = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";

  private final Map<String, Map<String, Map<ObjectKey, LabelSelector>>> selectors = new HashMap<>();

  public void put(Service service) {
    if (service.labels().isEmpty()) {
      remove(service);
      return;
    }
    selectors
        .computeIfAbsent(service.key().cluster(), c -> new HashMap<>())
        .computeIfAbsent(service.key().namespace(), n -> new HashMap<>())
        .put(service.key(), LabelSelector.ofLabels(service.labels()));
  }

  public void remove(Service service) {
    String cluster = service.key().cluster();
    Map<ObjectKey, LabelSelector> left = of(cluster, service.key().namespace());
    left.remove(service.key());
    Map<String, Map<ObjectKey, LabelSelector>> namespaces =
        selectors.getOrDefault(cluster, new HashMap<>());
    if (left.isEmpty()) {
      namespaces.remove(service.key().namespace());
    }
    if (namespaces.isEmpty()) {
      selectors.remove(cluster);
    }
  }

  private Map<ObjectKey, LabelSelector> of(String cluster, String namespace) {
    return selectors.getOrDefault(cluster, Map.of()).getOrDefault(namespace, new HashMap<>());
  }

  /** The spread constraints of a pod that has none; empty if it is not one of several. */
  public List<Spread> usual(PodView pod) {
    Company company = pod.company();
    if (!company.spreads().isEmpty()) {
      return List.of();
    }
    return alike(pod)
        .map(pods ->
            List.of(
                new Spread(HOST, 3, false, 1, true, false, pods),
                new Spread(ZONE, 5, false, 1, true, false, pods)))
        .orElse(List.of());
  }

  /** The pods that a pod is one of several with. */
  public Optional<Selection> alike(PodView pod) {
    Company company = pod.company();
    String cluster = pod.key().cluster();
    String namespace = pod.key().namespace();
    return company.replicated()
        ? Optional.of(Selection.ownedBy(cluster, namespace, company.owner()))
        : served(pod).map(labels -> Selection.in(cluster, namespace, labels));
  }

  /** What the selectors of all services of the pod ask for together. */
  private Optional<LabelSelector> served(PodView pod) {
    List<Requirement> all = new ArrayList<>(0);
    for (LabelSelector selector : of(pod.key().cluster(), pod.key().namespace()).values()) {
      if (selector.matches(pod.company().labels())) {
        all.addAll(selector.requirements());
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(LabelSelector.of(all.stream().distinct().toList()));
  }
}
