package dev.argosy.tenancy.history;

import dev.argosy.model.object.ObjectKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A revision that is to be recorded.
 *
 * @param uid of the object; of one that is deleted, the uid that it had
 * @param gap whether revisions of this object may be missing right before it
 * @param content empty of one that is deleted
 */
public record NewRevision(
    ObjectKey key,
    long revision,
    String uid,
    RevisionChange change,
    boolean gap,
    Optional<Content> content) {

  /**
   * What the object was. The arrays must not be changed.
   *
   * @param bytes as the store has them, sealed or not
   * @param keyId of the data key that they are sealed with; null if they are not
   * @param digest of what counts as a change; null of what is sealed, whose digest would tell of it
   */
  public record Content(byte[] bytes, @Nullable Long keyId, byte @Nullable [] digest) {}

  public NewRevision {
    if ((change == RevisionChange.DELETED) != content.isEmpty()) {
      throw new IllegalArgumentException("content is of what is there: " + key + " " + change);
    }
  }
}
