package dev.argosy.server.custom;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.definition.DefinitionCheck;
import dev.argosy.server.custom.definition.DefinitionForm;
import dev.argosy.server.custom.kind.ConversionCaller;
import dev.argosy.server.custom.kind.CustomKinds;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.watch.Watches;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.util.Map;

/** Custom resources, put together. */
public final class CustomLayer {

  private final ResourceCaches caches;
  private final CustomResources resources;
  private final DefinitionStatus status;
  private final DefinitionRules rules;

  /**
   * What custom resources are built on.
   *
   * @param builtin the kinds that clusters have without any definition
   * @param fields the types of definitions and of metadata
   */
  public record Basis(KindTables builtin, ResourceCaches caches, FieldTable fields, Clock clock) {}

  public CustomLayer(Basis basis, ConversionCaller conversions) {
    this.caches = basis.caches();
    this.resources =
        new CustomResources(basis.builtin(), caches, new CustomKinds(basis.fields(), conversions));
    this.status = new DefinitionStatus(basis.clock());
    this.rules =
        new DefinitionRules(
            resources, new DefinitionForm(basis.fields()), new DefinitionCheck(), status);
  }

  /** What every cluster serves, custom resources included. */
  public KindTables kinds() {
    return resources;
  }

  /** How definitions are written. */
  public Map<GroupResource, KindRules> rules() {
    return Map.of(Definition.RESOURCE, rules);
  }

  /**
   * What keeps definitions in order; not started yet.
   *
   * @param watches all that are open, to end those of resources that change
   */
  public DefinitionLoop loop(ApiClients clients, Watches watches) {
    return new DefinitionLoop(
        clients.as(UserInfo.system("controller:custom-resources")), caches, rules, status, watches);
  }
}
