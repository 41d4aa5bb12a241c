package dev.argosy.model.schema.field;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All types of the API, by group version and name. */
public final class FieldTable {

  private static final String RESOURCE = "/dev/argosy/model/schema/fields.tsv";

  private final Map<String, StructType> types;

  private FieldTable(Map<String, StructType> types) {
    this.types = types;
  }

  /** Reads the table that comes with this module. */
  public static FieldTable load() {
    try (InputStream in = FieldTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return of(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table of these lines; the form is told at the head of {@code fields.tsv}. */
  static FieldTable of(List<String> lines) {
    return new FieldTable(new FieldTableReader(lines).read());
  }

  /**
   * A type.
   *
   * @param groupVersion {@code v1} for core, {@code apps/v1}, {@code meta/v1}
   */
  public Optional<StructType> find(String groupVersion, String name) {
    return Optional.ofNullable(types.get(groupVersion + "." + name));
  }

  /** A type that must be there. */
  public StructType get(String groupVersion, String name) {
    return find(groupVersion, name)
        .orElseThrow(() -> new IllegalArgumentException("no type " + groupVersion + "." + name));
  }

  public Collection<StructType> all() {
    return Collections.unmodifiableCollection(types.values());
  }
}
