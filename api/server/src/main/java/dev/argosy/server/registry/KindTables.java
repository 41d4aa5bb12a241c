package dev.argosy.server.registry;

import dev.argosy.model.schema.KindTable;

/** Which kinds each logical cluster serves. Asked on every request; answers from memory. */
public interface KindTables {

  /** The kinds of a cluster; for a cluster that does not exist, those that every cluster has. */
  KindTable of(String cluster);
}
