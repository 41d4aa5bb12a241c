package dev.argosy.server.cel.value;

/** A value of a library's own type. Equal values are equal in expressions too. */
public interface Opaque {

  /** The type's full name, for example {@code kubernetes.Quantity}. */
  String typeName();
}
