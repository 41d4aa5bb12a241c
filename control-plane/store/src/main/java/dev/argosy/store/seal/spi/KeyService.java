package dev.argosy.store.seal.spi;

import java.util.List;

/**
 * Wraps and unwraps data keys with key-encryption keys that never leave it. Any thread may call;
 * calls may block, a bounded time.
 */
public interface KeyService {

  /**
   * The ids of the keys that can wrap now, the one to be used first; at least one. An id stands for
   * one key for ever. After a rotation the new key's comes first, and keys before it may follow.
   * May be what was known some seconds ago; does not block.
   */
  List<String> keys();

  /** Looks for new keys; called from time to time, may block. Failures leave what was known. */
  void refresh();

  /**
   * Whether its keys are this server's own, so that other servers must have been given a key before
   * anything is wrapped with it. False for a service that all servers ask.
   */
  boolean local();

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
}
