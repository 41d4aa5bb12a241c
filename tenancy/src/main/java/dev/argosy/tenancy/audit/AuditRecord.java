package dev.argosy.tenancy.audit;

import java.time.Instant;

/**
 * An entry in its place in the chain of its cluster.
 *
 * @param recordedAt when it was added; never goes back within a chain
 * @param link to the entry before
 */
public record AuditRecord(
    ChainPoint link, Instant recordedAt, ChainHash previous, AuditEntry entry) {

  public String cluster() {
    return entry.what().cluster();
  }

  public long sequence() {
    return link.sequence();
  }

  public ChainHash hash() {
    return link.hash();
  }
}
