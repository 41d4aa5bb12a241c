package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.audit.ChainFinding.Kind;
import java.util.Optional;
import java.util.function.Function;

/** Follows a chain entry by entry and says which is the first that does not fit. */
final class ChainLinks {

  private final Function<ChainHash, Optional<Long>> places;
  private ChainPoint last;
  private long entries;

  /**
   * Begins after a place.
   *
   * @param places where an entry with that hash stands, if anywhere
   */
  ChainLinks(ChainPoint from, Function<ChainHash, Optional<Long>> places) {
    this.last = from;
    this.places = places;
  }

  /** The last that fitted. */
  ChainPoint last() {
    return last;
  }

  long entries() {
    return entries;
  }

  /** Takes the next entry; the finding if it does not fit. */
  Optional<ChainFinding> next(AuditRecord entry) {
    long due = last.sequence() + 1;
    if (entry.sequence() > due) {
      return Optional.of(absent(due, entry));
    }
    if (entry.sequence() < due) {
      return found(Kind.ALTERED, entry.sequence(), "it is there twice");
    }
    if (!EntryDigest.of(entry).equals(entry.hash())) {
      return Optional.of(changed(entry));
    }
    if (!entry.previous().equals(last.hash())) {
      return found(
          Kind.REPLACED,
          Math.max(1, last.sequence()),
          "entry " + due + " was recorded after another one than this");
    }
    last = entry.link();
    entries++;
    return Optional.empty();
  }

  /** There is no further entry. */
  Optional<ChainFinding> end(ChainPoint end) {
    if (last.sequence() < end.sequence()) {
      return found(
          Kind.MISSING,
          last.sequence() + 1,
          "the chain ends with entry " + end.sequence() + ", which is not there either");
    }
    return last.equals(end)
        ? Optional.empty()
        : found(Kind.REPLACED, last.sequence(), "the chain is known to end in another entry");
  }

  private ChainFinding absent(long due, AuditRecord next) {
    Optional<Long> elsewhere =
        next.sequence() == due + 1 ? places.apply(next.previous()) : Optional.empty();
    return elsewhere
        .map(place -> new ChainFinding(Kind.MOVED, due, "it stands at " + place))
        .orElseGet(() ->
            new ChainFinding(
                Kind.MISSING, due, "the next entry that is there is " + next.sequence()));
  }

  private ChainFinding changed(AuditRecord entry) {
    Optional<Long> own =
        entry.previous().equals(ChainHash.NONE)
            ? Optional.of(1L)
            : places.apply(entry.previous()).map(before -> before + 1);
    return own.filter(place -> EntryDigest.of(entry, place).equals(entry.hash()))
        .map(place ->
            new ChainFinding(
                Kind.MOVED, entry.sequence(), "what stands here was recorded as " + place))
        .orElseGet(() ->
            new ChainFinding(
                Kind.ALTERED, entry.sequence(), "it does not say what its hash was made of"));
  }

  private static Optional<ChainFinding> found(Kind kind, long sequence, String message) {
    return Optional.of(new ChainFinding(kind, sequence, message));
  }
}
