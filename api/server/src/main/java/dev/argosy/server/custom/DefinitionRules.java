package dev.argosy.server.custom;

import dev.argosy.model.status.Cause;
import dev.argosy.server.custom.AcceptedNames.Taken;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.definition.DefinitionCheck;
import dev.argosy.server.custom.definition.DefinitionForm;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Definitions as they are written: completed, checked, and given their status in the same write, so
 * that a definition without conflicts is established from its first revision on.
 */
final class DefinitionRules implements KindRules {

  private final CustomResources resources;
  private final DefinitionForm form;
  private final DefinitionCheck check;
  private final DefinitionStatus status;

  DefinitionRules(
      CustomResources resources,
      DefinitionForm form,
      DefinitionCheck check,
      DefinitionStatus status) {
    this.resources = resources;
    this.form = form;
    this.check = check;
    this.status = status;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    object.remove("status");
    form.complete(object);
    settle(write.cluster(), object);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    form.complete(object);
    settle(write.cluster(), object);
  }

  @Override
  public void deletionBegins(ObjectNode object) {
    status.deletionBegins(object);
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    return write.subresource().isEmpty() ? check.definition(object, old) : List.of();
  }

  /** Whether what it defines is there without it, and stays when it is deleted. */
  boolean definesBuiltin(Definition definition) {
    return resources.isBuiltin(definition.key().cluster(), definition.resource());
  }

  /**
   * Brings a definition's status in line with its spec and with the other definitions. One of a
   * resource that is built in (operators bring PodGroup's) is accepted and means nothing.
   */
  void settle(String cluster, ObjectNode definition) {
    JsonNode spec = definition.path("spec");
    String group = spec.path("group").asString("");
    String name = definition.path("metadata").path("name").asString("");
    List<Definition> others =
        resources.definitions(cluster).stream()
            .filter(other -> other.group().equals(group) && !other.key().name().equals(name))
            .toList();
    String plural = spec.path("names").path("plural").asString("");
    Taken builtin = resources.builtinNames(cluster, group, plural);
    status.settle(definition, others, builtin);
  }
}
