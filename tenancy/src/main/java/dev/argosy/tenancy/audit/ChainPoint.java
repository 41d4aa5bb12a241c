package dev.argosy.tenancy.audit;

/**
 * A place in a chain: whoever noted it can tell later whether the chain up to there is still the
 * same.
 *
 * @param sequence counted from 1; 0 is before the first entry
 */
public record ChainPoint(long sequence, ChainHash hash) {

  /** Where a chain begins. */
  public static final ChainPoint START = new ChainPoint(0, ChainHash.NONE);

  public ChainPoint {
    if (sequence < 0) {
      throw new IllegalArgumentException("entries are counted from 1: " + sequence);
    }
  }
}
