package dev.argosy.wiring;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import java.util.List;

/** Which kinds control loops have to care for: everything that is kept, each once. */
final class StoredKinds {

  private StoredKinds() {}

  static List<ResourceType> of(KindTable kinds) {
    return kinds.all().stream()
        .filter(kind -> kind.type().verbs().contains("delete"))
        .filter(kind -> kind.storage().equals(kind.type().groupResource()))
        .filter(kind -> preferred(kinds, kind))
        .map(KindSchema::type)
        .toList();
  }

  private static boolean preferred(KindTable kinds, KindSchema kind) {
    return kinds
        .preferred(kind.type().groupResource())
        .map(best -> best.type().version().equals(kind.type().version()))
        .orElse(false);
  }
}
