package dev.argosy.model.leader;

import java.time.Instant;
import java.util.Optional;

/**
 * What one candidate for a lease knows, and what it makes of what it sees. Pure: it asks and writes
 * nothing. All times are this process's own: a lease of another is over when it was not seen to
 * change for its duration, whatever times it names.
 *
 * @param seenRevision of the lease when it was seen last; -1 if never
 * @param seenAt when it was first seen at that revision
 * @param until when leadership ends unless the lease is renewed; {@link Instant#MIN} if this
 *     candidate does not lead
 * @param term the revision that made this candidate's term the newest; 0 if it has none
 */
record Candidacy(
    String identity,
    LeaseTiming timing,
    long seenRevision,
    Instant seenAt,
    Instant until,
    long term) {

  /** One that has seen nothing yet. */
  static Candidacy of(String identity, LeaseTiming timing) {
    return new Candidacy(identity, timing, -1, Instant.MIN, Instant.MIN, 0);
  }

  /** What to do about what was seen. */
  sealed interface Move {

    /** What is known after it. */
    Candidacy next();

    /**
     * Nothing: another holds the lease.
     *
     * @param holder the other
     * @param over when its lease will be over, if it does not change
     */
    record Stand(Candidacy next, String holder, Instant over) implements Move {}

    /**
     * Write the lease, if it still is as it was seen; then, without a term, write the term, if that
     * still is as it was seen.
     *
     * @param lease the record to write
     */
    record Claim(Candidacy next, LeaseRecord lease) implements Move {}
  }

  boolean leads(Instant now) {
    return term > 0 && now.isBefore(until);
  }

  /**
   * What to do.
   *
   * @param found the lease, if there is one
   * @param newestTerm revision of the newest term, read after the lease; 0 if there was none yet
   * @param now taken after both were read: an answer may have been long on its way
   */
  Move on(Optional<LeaseRecord> found, long newestTerm, Instant now) {
    Candidacy known = leads(now) && term == newestTerm ? this : ended();
    if (found.isEmpty()) {
      return new Move.Claim(known, known.record(0, "", now));
    }
    LeaseRecord lease = found.get();
    Candidacy seen = known.seen(lease.revision(), now);
    if (lease.holder().equals(identity)) {
      return new Move.Claim(seen, seen.record(lease.changes(), lease.acquired(), now));
    }
    Instant over = lease.holder().isEmpty() ? now : seen.seenAt.plus(lease.duration());
    return over.isAfter(now)
        ? new Move.Stand(seen.ended(), lease.holder(), over)
        : new Move.Claim(seen.ended(), seen.ended().record(lease.changes() + 1, "", now));
  }

  private Candidacy seen(long revision, Instant now) {
    return revision == seenRevision
        ? this
        : new Candidacy(identity, timing, revision, now, until, term);
  }

  private LeaseRecord record(int changes, String acquired, Instant now) {
    String since = term > 0 && !acquired.isEmpty() ? acquired : LeaseRecord.time(now);
    return new LeaseRecord(seenRevision, identity, timing.lease(), since, changes);
  }

  /**
   * The lease is this candidate's, who has its term already, or has just written it.
   *
   * @param sent when the write of the lease was about to be sent: others count from when they see
   *     it, which is later
   * @param own the revision of the term
   */
  Candidacy won(Instant sent, long own) {
    return new Candidacy(identity, timing, seenRevision, seenAt, sent.plus(timing.renewal()), own);
  }

  Candidacy ended() {
    return new Candidacy(identity, timing, seenRevision, seenAt, Instant.MIN, 0);
  }
}
