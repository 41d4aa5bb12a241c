package dev.argosy.scheduler.extender;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.StatusException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whole nodes, read once for one pod, if an extender wants to see them. One thread. */
final class Nodes {

  private static final ResourceScope ALL =
      ResourceScope.cluster(new GroupResource("", "nodes"), "root");

  private final ApiClient client;
  private Optional<Map<String, JsonNode>> read = Optional.empty();

  Nodes(ApiClient client) {
    this.client = client;
  }

  List<JsonNode> of(List<String> names) throws IOException {
    if (read.isEmpty()) {
      read = Optional.of(all(new HashSet<>(names)));
    }
    List<JsonNode> found = new ArrayList<>();
    for (String name : names) {
      JsonNode node = read.get().get(name);
      if (node != null) {
        found.add(node);
      }
    }
    return found;
  }

  private Map<String, JsonNode> all(Set<String> names) throws IOException {
    try {
      return client.list(ALL, ListOptions.EVERYTHING).orThrow().items().stream()
          .filter(node -> names.contains(node.name()))
          .collect(Collectors.toMap(ApiObject::name, node -> node.tree(), (a, b) -> a));
    } catch (StatusException e) {
      throw new IOException("nodes cannot be read", e);
    }
  }
}
