package dev.argosy.store.cache;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Goes through a tree in the order of keys, all of it or a part, from the start or behind a key.
 */
final class TreeWalk implements Iterator<ApiObject> {

  private final String wantedNamespace;
  private final Iterator<Map.Entry<String, ObjectTree.ClusterNode>> clusters;
  private Iterator<Map.Entry<String, TreePMap<String, Leaf>>> namespaces =
      Collections.emptyIterator();
  private Iterator<Leaf> names = Collections.emptyIterator();
  private String cluster = "";
  private @Nullable ObjectKey after;

  /**
   * @param cluster empty for all
   * @param namespace empty for all
   */
  TreeWalk(ObjectTree tree, String cluster, String namespace, @Nullable ObjectKey after) {
    this.wantedNamespace = namespace;
    this.after = after;
    this.clusters = only(from(tree.clusters(), after == null ? "" : after.cluster()), cluster);
  }

  @Override
  public boolean hasNext() {
    while (!names.hasNext()) {
      if (namespaces.hasNext()) {
        enter(namespaces.next());
      } else if (clusters.hasNext()) {
        Map.Entry<String, ObjectTree.ClusterNode> next = clusters.next();
        cluster = next.getKey();
        String from = after != null && after.cluster().equals(cluster) ? after.namespace() : "";
        namespaces = only(from(next.getValue().namespaces(), from), wantedNamespace);
      } else {
        return false;
      }
    }
    return true;
  }

  @Override
  public ApiObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return names.next().object();
  }

  private void enter(Map.Entry<String, TreePMap<String, Leaf>> namespace) {
    ObjectKey start = after;
    boolean behind =
        start != null
            && start.cluster().equals(cluster)
            && start.namespace().equals(namespace.getKey());
    TreePMap<String, Leaf> all = namespace.getValue();
    names = (behind && start != null ? all.tailMap(start.name(), false) : all).values().iterator();
    if (behind) {
      after = null;
    }
  }

  private static <V> TreePMap<String, V> from(TreePMap<String, V> map, String key) {
    return key.isEmpty() ? map : map.tailMap(key, true);
  }

  private static <V> Iterator<Map.Entry<String, V>> only(TreePMap<String, V> map, String key) {
    if (key.isEmpty()) {
      return map.entrySet().iterator();
    }
    V value = map.get(key);
    return value == null
        ? Collections.emptyIterator()
        : Collections.singleton(Map.entry(key, value)).iterator();
  }
}
