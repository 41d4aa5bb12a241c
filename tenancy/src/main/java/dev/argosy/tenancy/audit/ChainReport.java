package dev.argosy.tenancy.audit;

import java.util.Optional;

/**
 * What a look at a chain found.
 *
 * @param from where the look began: what was asked, or where retention has cut the chain
 * @param to the last entry that fits
 * @param end where the chain ends, as the database says
 * @param entries how many were looked at
 * @param finding the first that does not fit; empty if all do
 */
public record ChainReport(
    ChainPoint from, ChainPoint to, ChainPoint end, long entries, Optional<ChainFinding> finding) {

  /** Whether nothing is left to look at. */
  public boolean complete() {
    return finding.isPresent() || to.sequence() >= end.sequence();
  }
}
