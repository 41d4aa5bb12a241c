package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.List;

/**
 * An object as the tree holds it, with what is looked up by besides its key.
 *
 * @param nodeName {@code spec.nodeName} of a pod, else empty
 */
record Leaf(ApiObject object, String nodeName) {

  private static final GroupResource PODS = new GroupResource("", "pods");

  static Leaf of(StoredValue stored) {
    ApiObject object = ApiObject.ofStored(stored.key(), stored.revision(), stored.value());
    boolean pod = stored.key().resource().equals(PODS);
    return new Leaf(object, pod ? object.text("spec", "nodeName") : "");
  }

  static String labelTerm(String cluster, String key, String value) {
    return "l" + cluster + " " + key + "=" + value;
  }

  static String nodeTerm(String nodeName) {
    return "n" + nodeName;
  }

  static String ownerTerm(String uid) {
    return "o" + uid;
  }

  /** What the indexes know it by. */
  List<String> terms() {
    List<String> terms = new ArrayList<>();
    object.meta().labels().forEach((k, v) -> terms.add(labelTerm(object.cluster(), k, v)));
    object.meta().ownerReferences().forEach(owner -> terms.add(ownerTerm(owner.uid())));
    if (!nodeName.isEmpty()) {
      terms.add(nodeTerm(nodeName));
    }
    return terms;
  }

  /** Whether the indexes know both by the same terms. */
  boolean sameTerms(Leaf other) {
    return nodeName.equals(other.nodeName)
        && object.meta().labels().equals(other.object.meta().labels())
        && object.meta().ownerReferences().equals(other.object.meta().ownerReferences());
  }
}
