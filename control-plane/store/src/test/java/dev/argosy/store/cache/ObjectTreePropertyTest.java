package dev.argosy.store.cache;

import static dev.argosy.store.cache.Things.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tree against a plain sorted map. */
class ObjectTreePropertyTest {

  /** Puts an object, or removes it if {@code app} is "-". */
  record Step(ObjectKey key, String app, String owner, String node) {}

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<String> name = Arbitraries.of("a", "a-b", "b", "c0");
    return Combinators.combine(
            name,
            name,
            name,
            Arbitraries.of("-", "", "x", "y"),
            Arbitraries.of("", "u1", "u2"),
            Arbitraries.of("", "n1", "n2"))
        .as((c, ns, n, app, owner, node) -> new Step(pod(c, ns, n), app, owner, node));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void treeIsASortedMapWithIndexes(@ForAll List<@net.jqwik.api.From("steps") Step> steps) {
    ObjectTree tree = ObjectTree.EMPTY;
    NavigableMap<ObjectKey, Step> model = new TreeMap<>();
    List<ObjectTree> trees = new ArrayList<>();
    List<List<ObjectKey>> states = new ArrayList<>();
    long revision = 1;
    for (Step step : steps) {
      tree = apply(tree, step, ++revision);
      if (step.app.equals("-")) {
        model.remove(step.key);
      } else {
        model.put(step.key, step);
      }
      trees.add(tree);
      states.add(List.copyOf(model.keySet()));
      check(new CacheSnapshot(revision, tree, Unreadable.NOTHING), model, step.key);
    }
    for (int i = 0; i < trees.size(); i++) {
      assertThat(keys(new CacheSnapshot(1, trees.get(i), Unreadable.NOTHING).list("", "")))
          .isEqualTo(states.get(i));
    }
    for (ObjectKey key : List.copyOf(model.keySet())) {
      tree = tree.minus(key);
    }
    assertThat(tree.clusters()).isEmpty();
    assertThat(tree.index()).isEmpty();
    assertThat(tree.size()).isZero();
  }

  private static ObjectTree apply(ObjectTree tree, Step step, long revision) {
    if (step.app.equals("-")) {
      return tree.minus(step.key);
    }
    byte[] json = pod(step.key, step.app, step.owner, step.node);
    return tree.plus(Leaf.of(new StoredValue(step.key, json, revision)));
  }

  private static void check(
      CacheSnapshot snapshot, NavigableMap<ObjectKey, Step> model, ObjectKey probe) {
    assertThat(keys(snapshot.list("", ""))).isEqualTo(List.copyOf(model.keySet()));
    for (String cluster : List.of("", probe.cluster())) {
      for (String namespace : List.of("", probe.namespace())) {
        Predicate<ObjectKey> part =
            k ->
                (cluster.isEmpty() || k.cluster().equals(cluster))
                    && (namespace.isEmpty() || k.namespace().equals(namespace));
        List<ObjectKey> all = model.keySet().stream().filter(part).toList();
        List<ObjectKey> rest = model.tailMap(probe, false).keySet().stream().filter(part).toList();
        assertThat(keys(snapshot.list(cluster, namespace))).isEqualTo(all);
        assertThat(snapshot.count(cluster, namespace)).isEqualTo(all.size());
        assertThat(keys(snapshot.list(cluster, namespace, probe))).isEqualTo(rest);
        assertThat(snapshot.countAfter(cluster, namespace, probe)).isEqualTo(rest.size());
      }
    }
    assertThat(keys(snapshot.labelled(probe.cluster(), "", "app", "x")))
        .isEqualTo(where(model, s -> s.app.equals("x") && s.key.cluster().equals(probe.cluster())));
    assertThat(keys(snapshot.ownedBy("u1"))).isEqualTo(where(model, s -> s.owner.equals("u1")));
    assertThat(keys(snapshot.onNode("n1"))).isEqualTo(where(model, s -> s.node.equals("n1")));
    assertThat(snapshot.get(probe).isPresent()).isEqualTo(model.containsKey(probe));
  }

  private static List<ObjectKey> where(
      NavigableMap<ObjectKey, Step> model, Predicate<Step> condition) {
    return model.values().stream().filter(condition).map(Step::key).toList();
  }

  private static List<ObjectKey> keys(Iterable<ApiObject> objects) {
    List<ObjectKey> keys = new ArrayList<>();
    objects.forEach(o -> keys.add(o.key()));
    return keys;
  }
}
