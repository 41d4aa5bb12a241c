package dev.argosy.server.aggregate;

import dev.argosy.model.kind.GroupResource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A resource of another API server, as its discovery lists it. */
record RemoteResource(
    GroupResource resource, String version, boolean namespaced, Set<String> verbs) {

  static RemoteResource of(String group, String version, JsonNode listed) {
    return new RemoteResource(
        new GroupResource(group, listed.path("resource").asString("")),
        version,
        listed.path("scope").asString("").equals("Namespaced"),
        listed.path("verbs").valueStream().map(v -> v.asString("")).collect(Collectors.toSet()));
  }

  /** Whether a namespace is emptied of it. */
  boolean goesWithNamespaces() {
    return namespaced && verbs.containsAll(List.of("list", "delete"));
  }
}
