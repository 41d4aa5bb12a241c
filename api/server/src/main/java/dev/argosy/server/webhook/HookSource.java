package dev.argosy.server.webhook;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The webhooks of each cluster, in the order of their configurations' names; compiled when first
 * asked for after a change, forgotten when the last one goes.
 */
final class HookSource {

  static final String GROUP = "admissionregistration.k8s.io";

  private final ResourceCaches caches;
  private final GroupResource resource;
  private final Conditions compiler;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** Hooks, as long as the cluster's configurations are in that state. */
  private record Known(Object state, List<Hook> hooks) {}

  /**
   * A source.
   *
   * @param resource the plural name of the configurations
   */
  HookSource(ResourceCaches caches, String resource, Conditions compiler) {
    this.caches = caches;
    this.resource = new GroupResource(GROUP, resource);
    this.compiler = compiler;
  }

  List<Hook> of(String cluster) {
    CacheSnapshot now = caches.of(resource).snapshot();
    Object state = now.stateOf(cluster);
    Known before = known.get(cluster);
    if (before != null && before.state() == state) {
      return before.hooks();
    }
    if (now.count(cluster, "") == 0) {
      known.remove(cluster);
      return List.of();
    }
    List<Hook> hooks = read(now, cluster);
    known.put(cluster, new Known(state, hooks));
    return hooks;
  }

  private List<Hook> read(CacheSnapshot now, String cluster) {
    List<Hook> hooks = new ArrayList<>();
    for (ApiObject configuration : now.list(cluster, "")) {
      int number = 0;
      for (JsonNode hook : configuration.tree().path("webhooks")) {
        hooks.add(Hook.of(configuration.name() + "/" + number++, hook, compiler));
      }
    }
    return List.copyOf(hooks);
  }
}
