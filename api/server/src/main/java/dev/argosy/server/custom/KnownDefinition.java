package dev.argosy.server.custom;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.kind.CustomKinds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A definition with its kinds.
 *
 * @param since from which revision on objects were written with its schemas
 * @param kinds its served versions; none before it is established
 */
record KnownDefinition(Definition definition, long since, List<KindSchema> kinds) {

  /**
   * The present state of a definition; as much as possible of what was known before is kept.
   *
   * @param old what was known before; null if nothing was
   */
  static KnownDefinition of(ApiObject object, @Nullable KnownDefinition old, CustomKinds kinds) {
    if (old != null && old.definition.object().equals(object)) {
      return old;
    }
    Definition definition = kinds.sharing(Definition.of(object));
    if (old == null || !sameForm(old.definition, definition)) {
      return made(definition, object.revision(), kinds);
    }
    return sameAnnouncement(old.definition, definition)
        ? new KnownDefinition(definition, old.since, old.kinds)
        : made(definition, old.since, kinds);
  }

  private static KnownDefinition made(Definition definition, long since, CustomKinds kinds) {
    return new KnownDefinition(
        definition, since, definition.served() ? kinds.of(definition, since) : List.of());
  }

  /** Whether objects look the same with both. */
  private static boolean sameForm(Definition a, Definition b) {
    return a.versions().equals(b.versions())
        && a.conversion().equals(b.conversion())
        && a.object().meta().uid().equals(b.object().meta().uid());
  }

  private static boolean sameAnnouncement(Definition a, Definition b) {
    return a.served() == b.served()
        && a.terminating() == b.terminating()
        && a.names().equals(b.names());
  }
}
