package dev.argosy.server.discovery;

import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API groups of a table of kinds, in its order. */
final class Groups {

  /** One named group with its versions, the preferred one first. */
  record Group(String name, List<String> versions) {}

  private Groups() {}

  /** All but the core group. */
  static List<Group> of(KindTable table) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    for (KindSchema kind : table.all()) {
      List<String> known = versions.computeIfAbsent(kind.type().group(), g -> new ArrayList<>());
      if (!known.contains(kind.type().version())) {
        known.add(kind.type().version());
      }
    }
    versions.remove("");
    return versions.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList();
  }

  /** The kinds of one group version. */
  static List<KindSchema> kinds(KindTable table, String group, String version) {
    return table.all().stream()
        .filter(k -> k.type().group().equals(group) && k.type().version().equals(version))
        .toList();
  }
}
