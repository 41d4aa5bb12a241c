package dev.argosy.controllers.garbage;

import dev.argosy.controllers.garbage.OwnerGraph.OwnerType;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of an object's owners.
 *
 * @param solid those that are there
 * @param dangling those that are gone
 * @param waiting those that are being deleted and wait for their dependents
 * @param unclear those that cannot be looked up: of kinds not served, or across scopes
 */
record Owners(
    List<OwnerReference> solid,
    List<OwnerReference> dangling,
    List<OwnerReference> waiting,
    List<OwnerReference> unclear) {

  /** Looks owners up: in the graph first, and before one counts as gone, in the API itself. */
  static final class Finder {
    private static final int REMEMBERED = 2000;

    private final ApiClient client;
    private final OwnerGraph graph;
    private final Set<String> absent =
        Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

    Finder(ApiClient client, OwnerGraph graph) {
      this.client = client;
      this.graph = graph;
    }

    Owners of(Dependent dependent) {
      Owners owners =
          new Owners(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (OwnerReference owner : dependent.owners()) {
        place(dependent, owner, owners);
      }
      return owners;
    }

    private void place(Dependent dependent, OwnerReference owner, Owners into) {
      Optional<OwnerType> type = graph.type(dependent.key().cluster(), owner);
      if (type.isEmpty() || (type.get().namespaced() && dependent.key().namespace().isEmpty())) {
        into.unclear().add(owner);
        return;
      }
      Optional<Dependent> found = find(dependent.key(), type.get(), owner);
      if (found.isEmpty()) {
        into.dangling().add(owner);
      } else if (found.get().waitsForDependents()) {
        into.waiting().add(owner);
      } else {
        into.solid().add(owner);
      }
    }

    private Optional<Dependent> find(ObjectKey at, OwnerType type, OwnerReference owner) {
      ObjectKey key =
          new ObjectKey(
              type.resource(), at.cluster(), type.namespaced() ? at.namespace() : "", owner.name());
      Optional<Dependent> known = graph.get(key).filter(found -> found.uid().equals(owner.uid()));
      String name = key + "/" + owner.uid();
      if (known.isPresent() || absent.contains(name)) {
        return known;
      }
      Optional<ApiObject> live =
          client.get(key).orAbsent().filter(now -> now.meta().uid().equals(owner.uid()));
      if (live.isEmpty()) {
        absent.add(name);
      }
      return live.map(Dependent::of);
    }

    /** Forgets the oldest. */
    private static final class Recent extends LinkedHashMap<String, Boolean> {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    }
  }
}
