package dev.argosy.server.preset;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Optional;

/** What clusters have without storing it. Any thread may ask; asking is cheap. */
public interface Presets {

  /** No cluster has any. */
  Presets NONE = (resource, cluster, namespace) -> List.of();

  /** All of them together; no two may have presets of the same resource. */
  static Presets all(List<Presets> parts) {
    List<Presets> all = List.copyOf(parts);
    return new Presets() {
      @Override
      public List<ApiObject> of(GroupResource resource, String cluster, String namespace) {
        for (Presets part : all) {
          List<ApiObject> found = part.of(resource, cluster, namespace);
          if (!found.isEmpty()) {
            return found;
          }
        }
        return List.of();
      }

      @Override
      public Optional<ApiObject> find(ObjectKey key) {
        return all.stream().flatMap(part -> part.find(key).stream()).findFirst();
      }
    };
  }

  /**
   * Those of one cluster, in the order of keys; of a resource without presets, as nearly all are,
   * an empty list at no cost.
   *
   * @param namespace empty for all
   */
  List<ApiObject> of(GroupResource resource, String cluster, String namespace);

  /** The preset of that key. */
  default Optional<ApiObject> find(ObjectKey key) {
    return of(key.resource(), key.cluster(), key.namespace()).stream()
        .filter(preset -> preset.key().equals(key))
        .findFirst();
  }
}
