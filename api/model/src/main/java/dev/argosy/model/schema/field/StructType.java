package dev.argosy.model.schema.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type with named fields. Inlined types are already spread into the type that inlines them. Types
 * may refer to themselves, so fields are added once while the table is made, never after.
 */
public final class StructType {

  private final String groupVersion;
  private final String name;
  private final boolean atomic;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final List<String> inlined = new ArrayList<>();

  StructType(String groupVersion, String name, boolean atomic) {
    this.groupVersion = groupVersion;
    this.name = name;
    this.atomic = atomic;
  }

  void add(Field field) {
    fields.put(field.name(), field);
  }

  void addInlined(StructType other) {
    inlined.add(other.name);
    other.fields.values().forEach(this::add);
  }

  /** For example {@code v1} (core), {@code apps/v1}, {@code meta/v1}. */
  public String groupVersion() {
    return groupVersion;
  }

  /** For example {@code PodSpec}. */
  public String name() {
    return name;
  }

  /** Whether a value is owned as a whole by whoever wrote it, not field by field. */
  public boolean atomic() {
    return atomic;
  }

  /** The field of that name; null if there is none. */
  public @Nullable Field field(String field) {
    return fields.get(field);
  }

  /** All fields, in the order of the API's documents. */
  public Collection<Field> fields() {
    return Collections.unmodifiableCollection(fields.values());
  }

  /** The names of the types whose fields were spread into this one. */
  public List<String> inlined() {
    return Collections.unmodifiableList(inlined);
  }

  @Override
  public String toString() {
    return groupVersion + "." + name;
  }
}
