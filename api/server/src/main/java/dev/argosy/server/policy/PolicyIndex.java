package dev.argosy.server.policy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.server.policy.PolicyCompiler.Compiled;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policies in force in each cluster, compiled once per revision. All threads may enter; two may
 * compile the same change, one result stays.
 *
 * @param <P> what a policy is compiled to
 */
final class PolicyIndex<P> {

  private final ResourceCaches caches;
  private final GroupResource policies;
  private final GroupResource bindings;
  private final Function<ObjectNode, Compiled<P>> compiler;
  private final Map<String, Cluster<P>> clusters = new ConcurrentHashMap<>();

  PolicyIndex(
      ResourceCaches caches,
      GroupResource policies,
      GroupResource bindings,
      Function<ObjectNode, Compiled<P>> compiler) {
    this.caches = caches;
    this.policies = policies;
    this.bindings = bindings;
    this.compiler = compiler;
  }

  /** A policy with what puts it into force. */
  record Armed<P>(Compiled<P> policy, List<PolicyBinding> bindings) {}

  /** What was made of a cluster's objects. */
  private record Cluster<P>(
      List<ApiObject> policies,
      List<ApiObject> bindings,
      Map<ApiObject, Compiled<P>> compiled,
      List<Armed<P>> armed) {}

  /** The policies of a cluster that have bindings, in the order of their names. */
  List<Armed<P>> of(String cluster) {
    CacheSnapshot present = caches.of(policies).snapshot();
    if (present.count(cluster, "") == 0) {
      clusters.remove(cluster);
      return List.of();
    }
    List<ApiObject> all = list(present, cluster);
    List<ApiObject> bound = list(caches.of(bindings).snapshot(), cluster);
    Cluster<P> known = clusters.get(cluster);
    if (known != null && same(known.policies(), all) && same(known.bindings(), bound)) {
      return known.armed();
    }
    Cluster<P> made = make(all, bound, known);
    clusters.put(cluster, made);
    return made.armed();
  }

  private static List<ApiObject> list(CacheSnapshot snapshot, String cluster) {
    List<ApiObject> objects = new ArrayList<>();
    snapshot.list(cluster, "").forEach(objects::add);
    return objects;
  }

  @SuppressWarnings("ReferenceEquality") // the cache keeps one object per revision
  private static boolean same(List<ApiObject> a, List<ApiObject> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }

  private Cluster<P> make(List<ApiObject> all, List<ApiObject> bound, @Nullable Cluster<P> before) {
    Map<String, List<PolicyBinding>> byPolicy = byPolicy(bound);
    Map<ApiObject, Compiled<P>> compiled = new HashMap<>();
    List<Armed<P>> armed = new ArrayList<>();
    for (ApiObject object : all) {
      Compiled<P> known = before == null ? null : before.compiled().get(object);
      Compiled<P> policy = known == null ? compiler.apply(object.tree()) : known;
      compiled.put(object, policy);
      List<PolicyBinding> own = byPolicy.getOrDefault(object.name(), List.of());
      if (!own.isEmpty()) {
        armed.add(new Armed<>(policy, own));
      }
    }
    return new Cluster<>(all, bound, compiled, List.copyOf(armed));
  }

  private static Map<String, List<PolicyBinding>> byPolicy(List<ApiObject> bound) {
    Map<String, List<PolicyBinding>> byPolicy = new HashMap<>();
    for (ApiObject object : bound) {
      try {
        PolicyBinding binding = PolicyBinding.of(object.tree());
        byPolicy.computeIfAbsent(binding.policy(), key -> new ArrayList<>()).add(binding);
      } catch (SelectorSyntaxException e) {
        continue; // refused when it is written
      }
    }
    return byPolicy;
  }
}
