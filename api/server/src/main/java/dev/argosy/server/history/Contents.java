package dev.argosy.server.history;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.list.View;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.seal.SealedException;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.history.RecordedRevision;
import tools.jackson.databind.node.ObjectNode;

/** What objects were, in the form in which they are served now. */
record Contents(Vault vault, KindTables kinds) {

  /**
   * What the object was; not to be asked of a deletion.
   *
   * @throws SealedException if it cannot be read: its tenant's key is not there
   */
  ObjectNode of(RecordedRevision revision) {
    byte[] content = revision.content();
    if (content == null) {
      throw new IllegalArgumentException("a deletion has no content");
    }
    ObjectKey key = revision.key();
    ApiObject stored = ApiObject.ofStored(key, revision.of().revision(), vault.open(key, content));
    return kinds
        .preferred(key.cluster(), key.resource())
        .map(kind -> View.shownAs(kind, stored))
        .orElse(stored)
        .tree()
        .deepCopy();
  }
}
