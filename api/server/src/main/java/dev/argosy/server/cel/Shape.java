package dev.argosy.server.cel;

import dev.cel.common.types.CelType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an expression knows of a JSON value before it sees one: the type that it is checked with,
 * how the value is presented, and how large it can become (for the estimate of cost).
 *
 * <p>Sizes are upper bounds in characters, items or entries; {@link #UNBOUNDED} if none is known.
 */
public sealed interface Shape {

  /** No bound is known. */
  long UNBOUNDED = -1;

  /** Values of every type; checked when evaluated. */
  Shape DYN = new Scalar(Kind.DYN, UNBOUNDED);

  Shape BOOL = new Scalar(Kind.BOOL, UNBOUNDED);
  Shape INT = new Scalar(Kind.INT, UNBOUNDED);
  Shape DOUBLE = new Scalar(Kind.DOUBLE, UNBOUNDED);
  Shape STRING = new Scalar(Kind.STRING, UNBOUNDED);

  /** How a scalar in JSON is presented. */
  enum Kind {
    DYN,
    BOOL,
    INT,
    /** Every JSON number, whole ones too. */
    DOUBLE,
    STRING,
    /** Base64 text, presented as bytes. */
    BYTES,
    /** {@code 2006-01-02}, presented as a timestamp. */
    DATE,
    /** RFC 3339 text, presented as a timestamp. */
    TIMESTAMP,
    /** Text such as {@code 1h30m}, presented as a duration. */
    DURATION,
    /** An int or a string, checked when evaluated. */
    INT_OR_STRING
  }

  /**
   * A value of a library's own type, bound as a value.
   *
   * @param typeName for example {@code kubernetes.authorization.Authorizer}
   */
  record OpaqueOf(String typeName) implements Shape {}

  /** A value that another expression computes, of the type that the checker found for it. */
  record Checked(CelType type) implements Shape {}

  /** A value that may be missing, bound as a {@link java.util.Optional}. */
  record OptionalOf(Shape value) implements Shape {}

  /** The variable {@code authorizer}. */
  Shape AUTHORIZER = new OpaqueOf("kubernetes.authorization.Authorizer");

  /** The variable {@code authorizer.requestResource}. */
  Shape REQUEST_RESOURCE = new OpaqueOf("kubernetes.authorization.ResourceCheck");

  /** How two lists are compared and added. */
  enum ListKind {
    ATOMIC,
    /** Order means nothing; adding leaves out what is there. */
    SET,
    /** Entries are known by their keys; adding replaces entries of the same keys. */
    MAP
  }

  /**
   * @param maxSize characters of a string, or bytes; not of the others
   */
  record Scalar(Kind kind, long maxSize) implements Shape {}

  /**
   * @param mapKeys the keys of a {@link ListKind#MAP}, by their JSON names
   */
  record ListOf(Shape item, long maxItems, ListKind kind, List<String> mapKeys) implements Shape {

    public ListOf {
      mapKeys = List.copyOf(mapKeys);
    }

    public ListOf(Shape item, long maxItems) {
      this(item, maxItems, ListKind.ATOMIC, List.of());
    }
  }

  /** A JSON object whose member names are data. */
  record MapOf(Shape key, Shape value, long maxEntries) implements Shape {

    public MapOf(Shape value, long maxEntries) {
      this(STRING, value, maxEntries);
    }
  }

  /**
   * A JSON object with known fields. Fields are asked for lazily, so that types may contain
   * themselves. Two of them are the same type if their names are equal within one environment.
   *
   * @param typeName for example {@code Object.spec}; unique within an environment
   * @param fieldNames the JSON names of all fields
   * @param field the shape of the field of that JSON name; null if there is none
   */
  record ObjectOf(
      String typeName, Supplier<Set<String>> fieldNames, Function<String, @Nullable Shape> field)
      implements Shape {

    @Override
    public String toString() {
      return typeName;
    }
  }
}
