package dev.argosy.store.spi;

import dev.argosy.model.object.ObjectKey;

/**
 * The value of one object cannot be read or written until somebody acts: its encryption key is
 * missing, or its bytes were changed. The message says what to do, and nothing of the content.
 */
public final class ValueTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ValueTroubleException(String message) {
    super(message);
  }

  public static ValueTroubleException reading(ObjectKey key, String trouble) {
    return new ValueTroubleException(place(key) + " cannot be read from the store: " + trouble);
  }

  public static ValueTroubleException writing(ObjectKey key, String trouble) {
    return new ValueTroubleException(place(key) + " cannot be encrypted: " + trouble);
  }

  /** Without the cluster: it is the caller's own. */
  private static String place(ObjectKey key) {
    String path = key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
    return key.resource() + " \"" + path + "\"";
  }
}
