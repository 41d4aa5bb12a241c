package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a value. The array belongs to the store and must not be changed.
 *
 * @param value canonical JSON without resourceVersion
 * @param revision the revision that wrote it
 * @param trouble why it cannot be read, and what to do; null if it can
 */
public record StoredValue(ObjectKey key, byte[] value, long revision, @Nullable String trouble) {

  private static final byte[] NOTHING = {};

  public StoredValue(ObjectKey key, byte[] value, long revision) {
    this(key, value, revision, null);
  }

  /** One that is there and cannot be read. */
  public static StoredValue unreadable(ObjectKey key, long revision, String trouble) {
    return new StoredValue(key, NOTHING, revision, trouble);
  }

  /** Whether {@link #value} answers. */
  public boolean readable() {
    return trouble == null;
  }

  /**
   * The value.
   *
   * @throws ValueTroubleException if it cannot be read
   */
  @Override
  public byte[] value() {
    if (trouble != null) {
      throw ValueTroubleException.reading(key, trouble);
    }
    return value;
  }
}
