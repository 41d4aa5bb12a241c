package dev.argosy.tenancy.audit;

/**
 * The first entry of a chain that is not as it was recorded.
 *
 * @param sequence the entry's place
 * @param message for people
 */
public record ChainFinding(Kind kind, long sequence, String message) {

  /** What happened to it. */
  public enum Kind {
    /** It says something else than it did. */
    ALTERED("Altered"),
    /** It is not there. */
    MISSING("Missing"),
    /**
     * It stands in a place where it was not recorded, or its place is empty and it stands
     * elsewhere.
     */
    MOVED("Moved"),
    /** It is whole in itself, but not the entry that was there when the next one was recorded. */
    REPLACED("Replaced");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
