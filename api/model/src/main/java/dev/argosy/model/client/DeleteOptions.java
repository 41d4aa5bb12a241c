package dev.argosy.model.client;

import org.jspecify.annotations.Nullable;

/**
 * How to delete.
 *
 * @param gracePeriodSeconds null for the object's own
 * @param propagation {@code Background}, {@code Foreground}, {@code Orphan}; null for the default
 * @param uid delete only if the object has this uid; null for any
 * @param resourceVersion delete only if it is at this version; null for any
 */
public record DeleteOptions(
    @Nullable Long gracePeriodSeconds,
    @Nullable String propagation,
    @Nullable String uid,
    @Nullable String resourceVersion) {

  public static final DeleteOptions DEFAULT = new DeleteOptions(null, null, null, null);

  /** At once, if it is still the object of that uid. */
  public static DeleteOptions now(String uid) {
    return new DeleteOptions(0L, null, uid, null);
  }

  /** Only if it is still the object of that uid. */
  public static DeleteOptions ofUid(String uid) {
    return new DeleteOptions(null, null, uid, null);
  }
}
