package dev.argosy.model.schema.field;

import org.jspecify.annotations.Nullable;

/** Where in a tree one is. Cheap to make on the way down, written out only for a message. */
public final class Path {

  private static final int FIELD = -1;
  private static final int KEY = -2;

  /** The object itself. */
  public static final Path ROOT = new Path(null, "", FIELD);

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
    return new Path(this, field, FIELD);
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
    return new Path(this, key, KEY);
  }

  /** Fields only: {@code spec.containers.image}. */
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
    } else if (index == KEY) {
      if (indexes) {
        text.append('[').append(name).append(']');
      }
    } else {
      text.append(text.isEmpty() ? "" : ".").append(name);
    }
  }
}
