package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.KeyWrites;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the EndpointSlices of every Service with a selector. Keys are Services. */
public final class EndpointSliceController implements Reconciler {

  private final ApiClient client;
  private final Informer<ServiceView> services;
  private final Informer<PodView> pods;
  private final Informer<SliceView> slices;
  private final Informer<NodeView> nodes;
  private final ZoneHints zoneHints;
  private final OwnWrites writes = new OwnWrites();

  private EndpointSliceController(ControllerContext context) {
    this.client = context.client("endpointslice-controller");
    this.services = context.informer(ServiceView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.slices = context.informer(SliceView.EVERYWHERE);
    this.nodes = context.informer(NodeView.ALL);
    this.zoneHints = new ZoneHints(context);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    EndpointSliceController controller = new EndpointSliceController(context);
    controller.services.onChange(service -> queue.add(service.key()));
    controller.slices.onChange(slice -> queue.add(slice.service()));
    controller.pods.onChange(pod -> ServiceKeys.of(controller.services, pod).forEach(queue::add));
    controller.nodes.addHandler(controller.new NodeHandler(queue));
    controller.zoneHints.onChange(() ->
        controller
            .services
            .find(ServiceView.ZONED, ServiceView.ZONED)
            .forEach(service -> queue.add(service.key())));
    return new ControllerLoop("endpointslice", queue, controller, 8);
  }

  /** Services of pods on a node whose zone comes to be known. */
  private final class NodeHandler implements InformerHandler<NodeView> {
    private final KeyQueue queue;

    NodeHandler(KeyQueue queue) {
      this.queue = queue;
    }

    @Override
    public void added(NodeView node) {
      pods.find(PodView.BY_NODE, node.name())
          .forEach(pod -> ServiceKeys.of(services, pod).forEach(queue::add));
    }

    @Override
    public void updated(NodeView old, NodeView node) {
      if (!old.zone().equals(node.zone())) {
        added(node);
      }
    }

    @Override
    public void deleted(NodeView node) {
      // its pods go, too
    }
  }

  private String zone(String node) {
    return node.isEmpty() ? "" : nodes.get(NodeView.key(node)).map(NodeView::zone).orElse("");
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(Duration.ofSeconds(1));
    }
    Optional<ServiceView> found = services.get(key);
    if (found.isEmpty()
        || found.get().selector().isEmpty()
        || found.get().object().meta().deleting()) {
      zoneHints.forget(key);
      return Outcome.DONE;
    }
    ServiceView service = found.get();
    List<PodView> beside = ServiceKeys.pods(pods, service);
    List<SliceView> present = slices.find(SliceView.BY_SERVICE, key.toString());
    TreeMap<Backends.Group, List<Endpoint>> wanted = Backends.of(service, beside, this::zone);
    zoneHints.hint(service, wanted, present);
    for (String family : service.families()) {
      if (wanted.keySet().stream().noneMatch(g -> g.family().equals(family))) {
        wanted.put(new Backends.Group(family, List.of()), List.of());
      }
    }
    Optional<Instant> since =
        present.isEmpty()
            ? TriggerTime.created(service)
            : TriggerTime.of(TriggerTime.states(present), TriggerTime.states(wanted), beside);
    return apply(service, SlicePlan.of(present, wanted, labels(service)), since);
  }

  private Outcome apply(ServiceView service, SlicePlan plan, Optional<Instant> since) {
    KeyWrites all = new KeyWrites(service.key(), client, slices, writes);
    ObjectKey key = service.key();
    ResourceScope scope =
        ResourceScope.namespace(Kinds.ENDPOINT_SLICES, key.cluster(), key.namespace());
    plan.create().forEach(content -> all.create(scope, blank(service, content, since)));
    plan.update()
        .forEach((slice, content) -> {
          ObjectNode tree = fill(slice.object().tree(), service, content);
          TriggerTime.write(tree, since);
          all.update(slice.key(), tree);
        });
    plan.delete().forEach(slice -> all.delete(slice.object()));
    return all.outcome();
  }

  private static ObjectNode blank(
      ServiceView service, SlicePlan.Content content, Optional<Instant> since) {
    ObjectKey key = service.key();
    ObjectNode slice =
        Owned.newObject(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            key.namespace(),
            Owned.by("v1", "Service", service.object()));
    slice.withObject("/metadata").put("generateName", key.name() + "-");
    slice.put("addressType", content.group().family());
    TriggerTime.write(slice, since);
    return fill(slice, service, content);
  }

  private static ObjectNode fill(ObjectNode slice, ServiceView service, SlicePlan.Content content) {
    ObjectNode labels = slice.withObject("/metadata").putObject("labels");
    labels(service).forEach(labels::put);
    ArrayNode endpoints = slice.putArray("endpoints");
    content.endpoints().forEach(endpoint -> endpoints.add(endpoint.toSlice()));
    ArrayNode ports = slice.putArray("ports");
    content.group().ports().forEach(port -> ports.add(port.toJson(true)));
    return slice;
  }

  private static Map<String, String> labels(ServiceView service) {
    Map<String, String> labels = new LinkedHashMap<>(service.object().meta().labels());
    if (service.headless()) {
      labels.put("service.kubernetes.io/headless", "");
    }
    labels.put(SliceView.SERVICE_NAME, service.name());
    labels.put(SliceView.MANAGED_BY, SliceView.MANAGER);
    return labels;
  }
}
