package dev.argosy.server.discovery;

import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API groups of a cluster: those of its table of kinds in its order, then those of others.
 *
 * @param all but the core group
 * @param remotes the entries of group versions that others serve, by "group/version"
 */
record Groups(KindTable table, List<Group> all, Map<String, ObjectNode> remotes) {

  /** What versions of custom resources have. */
  private static final int LOCAL_PRIORITY = 100;

  /** One named group with its versions, the preferred one first. */
  record Group(String name, List<String> versions) {
    Group {
      versions = List.copyOf(versions);
    }
  }

  Groups {
    all = List.copyOf(all);
    remotes = Map.copyOf(remotes);
  }

  /** The groups of a table, and of others. */
  static Groups of(KindTable table, List<RemoteVersion> others) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    for (KindSchema kind : table.all()) {
      List<String> known = versions.computeIfAbsent(kind.type().group(), g -> new ArrayList<>());
      if (!known.contains(kind.type().version())) {
        known.add(kind.type().version());
      }
    }
    versions.remove("");
    Map<String, ObjectNode> remotes = new HashMap<>();
    add(others, versions, remotes);
    return new Groups(
        table,
        versions.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList(),
        remotes);
  }

  private static void add(
      List<RemoteVersion> others,
      Map<String, List<String>> versions,
      Map<String, ObjectNode> remotes) {
    others.forEach(other -> versions.computeIfAbsent(other.group(), g -> new ArrayList<>()));
    Map<String, Integer> before = new HashMap<>();
    for (RemoteVersion other :
        others.stream().sorted(Comparator.comparingInt(r -> -r.priority())).toList()) {
      List<String> known = versions.getOrDefault(other.group(), new ArrayList<>());
      if (known.contains(other.version())) {
        continue;
      }
      if (other.priority() > LOCAL_PRIORITY) {
        known.add(before.merge(other.group(), 1, Integer::sum) - 1, other.version());
      } else {
        known.add(other.version());
      }
      remotes.put(other.group() + "/" + other.version(), other.discovered());
    }
  }

  /** The entry of a group version, if others serve it. */
  Optional<ObjectNode> remote(String group, String version) {
    return Optional.ofNullable(remotes.get(group + "/" + version));
  }

  /** The kinds of one group version. */
  static List<KindSchema> kinds(KindTable table, String group, String version) {
    return table.all().stream()
        .filter(k -> k.type().group().equals(group) && k.type().version().equals(version))
        .toList();
  }
}
