package dev.argosy.model.schema.field;

import org.jspecify.annotations.Nullable;

/** Where in a tree one is. Cheap to make on the way down, written out only for a message. */
public final class Path {

  /** The object itself. */
  public static final Path ROOT = new Path(null, "", -1);

  private final @Nullable Path parent;
  private final String name;
  private final int index;

  private Path(@Nullable Path parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  public static Path of(String name) {
    return ROOT.child(name);
  }

  /** A field. */
  public Path child(String field) {
    return new Path(this, field, -1);
  }

  /** A field of a field. */
  public Path child(String field, String below) {
    return child(field).child(below);
  }

  /** An element of a list. */
  public Path at(int element) {
    return new Path(this, "", element);
  }

  /** A member of a map. */
  public Path key(String key) {
    return new Path(this, key, -2);
  }

  /** Without indexes: {@code spec.containers.image}. */
  String withoutIndexes() {
    StringBuilder text = new StringBuilder();
    append(text, false);
    return text.toString();
  }

  /** For example {@code spec.containers[0].image} or {@code data[key]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, true);
    return text.toString();
  }

  private void append(StringBuilder text, boolean indexes) {
    if (parent == null) {
      return;
    }
    parent.append(text, indexes);
    if (index >= 0) {
      if (indexes) {
        text.append('[').append(index).append(']');
      }
    } else if (index == -2 && indexes) {
      text.append('[').append(name).append(']');
    } else {
      text.append(text.isEmpty() ? "" : ".").append(name);
    }
  }
}
