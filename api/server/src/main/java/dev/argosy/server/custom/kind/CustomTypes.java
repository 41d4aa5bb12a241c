package dev.argosy.server.custom.kind;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema.ScalePaths;
import dev.argosy.model.schema.Subresource;
import dev.argosy.server.custom.definition.DefinedVersion;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.path.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How custom resources are announced. */
final class CustomTypes {

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  /** Of a resource that is going: nothing new. */
  private static final List<String> LAST_VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private static final List<String> PART = List.of("get", "patch", "update");

  private CustomTypes() {}

  static ResourceType type(
      Definition definition, DefinedVersion version, List<Subresource> subresources) {
    return new ResourceType(
        definition.group(),
        version.name(),
        definition.names().plural(),
        definition.names().singular(),
        definition.names().kind(),
        definition.namespaced(),
        definition.names().shortNames(),
        definition.names().categories(),
        definition.terminating() ? LAST_VERBS : VERBS,
        subresources.stream().map(Subresource::name).collect(Collectors.toSet()));
  }

  static List<Subresource> subresources(Definition definition, DefinedVersion version) {
    List<Subresource> subresources = new ArrayList<>();
    if (version.scale().isPresent()) {
      subresources.add(new Subresource("scale", "autoscaling", "v1", "Scale", PART));
    }
    if (version.status()) {
      String kind = definition.names().kind();
      subresources.add(new Subresource("status", definition.group(), version.name(), kind, PART));
    }
    return subresources;
  }

  static ScalePaths scale(DefinedVersion.ScalePaths paths) {
    return new ScalePaths(
        members(paths.specReplicas()), members(paths.statusReplicas()), members(paths.selector()));
  }

  private static List<String> members(String path) {
    return path.isEmpty()
        ? List.of()
        : JsonPath.parse(path).flatMap(JsonPath::members).orElse(List.of());
  }
}
