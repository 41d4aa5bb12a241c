package dev.argosy.store.seal.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Wraps and unwraps data keys with key-encryption keys that never leave it. Any thread may call;
 * calls may block, a bounded time.
 */
public interface KeyService extends AutoCloseable {

  /**
   * The ids of the keys that can wrap now, the one to be used first; at least one. An id stands for
   * one key for ever. After a rotation the new key's comes first, and keys before it may follow.
   * May be what was known some seconds ago; does not block.
   */
  List<String> keys();

  /** Looks for new keys; called from time to time, may block. Failures leave what was known. */
  void refresh();

  /**
   * Whether another server can unwrap what is wrapped with one of {@link #keys}: it has the same
   * key, or asks the same service.
   *
   * @param others that server's {@link #keys}
   */
  boolean shared(String keyId, Collection<String> others);

  /**
   * Why nothing can be wrapped with one of {@link #keys} now, for whoever runs the platform; empty
   * if nothing is known against it. Does not block.
   */
  Optional<String> trouble(String keyId);

  /**
   * Wraps a data key.
   *
   * @param keyId one of {@link #keys}
   * @param context bound to the result: to be given again to unwrap. No secret
   * @return names the key that was really used, which may be newer
   * @throws KeyServiceException if that cannot be done now
   */
  WrappedKey wrap(String keyId, byte[] dataKey, byte[] context);

  /**
   * Unwraps what was wrapped here, or by another server with the same keys.
   *
   * @throws KeyServiceException if the key is not there, or the wrapped key or the context is not
   *     what it was; the message says what to do
   */
  byte[] unwrap(WrappedKey wrapped, byte[] context);

  /** Lets go of connections, if there are any; nothing is asked of it afterwards. */
  @Override
  default void close() {}
}
