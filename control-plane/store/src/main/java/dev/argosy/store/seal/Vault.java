package dev.argosy.store.seal;

import dev.argosy.model.object.ObjectKey;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens bytes that are kept elsewhere than in the store, under the same data keys, so
 * that they are worthless when their tenant's keys are destroyed. Any thread.
 */
public final class Vault {

  private final Seals seals;

  Vault(Seals seals) {
    this.seals = seals;
  }

  /** Finds out which data keys of a cluster are needed elsewhere. */
  public interface Needs {

    /**
     * Their ids.
     *
     * @throws SealedException if that cannot be told now
     */
    Set<Long> keysOf(String cluster);
  }

  /**
   * Bytes sealed with a cluster's newest key.
   *
   * @param place opens nowhere else
   * @return as they are, if this server seals nothing
   * @throws SealedException if there is no key to do it with
   */
  public byte[] seal(ObjectKey place, byte[] plain) {
    if (seals.resources().isEmpty()) {
      return plain;
    }
    ClusterKeys.Current current = seals.keys().current(place.cluster(), place.resource());
    return Envelope.seal(current.key(), place, plain, seals.random());
  }

  /**
   * The bytes in the clear; as they are if they were never sealed.
   *
   * @throws SealedException if the key is missing or the bytes were changed
   */
  public byte[] open(ObjectKey place, byte[] bytes) {
    if (!Envelope.is(bytes)) {
      return bytes;
    }
    try {
      return Envelope.open(seals.keys().find(place.cluster(), Envelope.keyId(bytes)), place, bytes);
    } catch (AEADBadTagException e) {
      throw new SealedException("its bytes were changed, or come from another place");
    }
  }

  /** The id of the data key that bytes are sealed with; null if they are not. */
  public static @Nullable Long keyId(byte[] bytes) {
    return Envelope.is(bytes) ? Long.valueOf(Envelope.keyId(bytes)) : null;
  }
}
