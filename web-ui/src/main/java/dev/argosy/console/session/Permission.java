package dev.argosy.console.session;

/**
 * Whether the user may do something.
 *
 * @param reason why not, in a sentence for people; empty if they may
 */
public record Permission(boolean allowed, String reason) {

  /** Yes. */
  public static final Permission GIVEN = new Permission(true, "");

  /** No, because of this. */
  public static Permission denied(String reason) {
    return new Permission(false, reason);
  }

  /** Both, or the first reason why not. */
  public Permission and(Permission other) {
    return allowed ? other : this;
  }
}
