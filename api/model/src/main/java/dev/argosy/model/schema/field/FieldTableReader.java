package dev.argosy.model.schema.field;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field.Facets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes types of the lines of {@code fields.tsv}: first all names, then their fields. */
final class FieldTableReader {

  private static final String INLINE = "<inline>";

  private final List<String> lines;
  private final Map<String, StructType> types = new LinkedHashMap<>();
  private final Map<StructType, List<String[]>> rows = new LinkedHashMap<>();
  private final Set<StructType> done = new HashSet<>();

  FieldTableReader(List<String> lines) {
    this.lines = lines;
  }

  Map<String, StructType> read() {
    GoTypes goTypes = new GoTypes(types);
    collect();
    List.copyOf(rows.keySet()).forEach(type -> fill(type, goTypes));
    return types;
  }

  private void collect() {
    String groupVersion = "";
    List<String[]> current = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("@ ")) {
        groupVersion = line.substring(2);
      } else if (line.startsWith("\t")) {
        current.add(line.substring(1).split("\t", -1));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        String[] words = line.split("\t", -1);
        boolean atomic = words.length > 1 && words[1].equals("atomic");
        StructType type = new StructType(groupVersion, words[0], atomic);
        current = new ArrayList<>();
        types.put(type.toString(), type);
        rows.put(type, current);
      }
    }
  }

  private void fill(StructType type, GoTypes goTypes) {
    if (!done.add(type)) {
      return;
    }
    for (String[] row : rows.getOrDefault(type, List.of())) {
      FieldType fieldType = goTypes.resolve(row[1], type.groupVersion());
      if (!row[0].equals(INLINE)) {
        type.add(field(row, fieldType));
      } else if (fieldType instanceof FieldType.Struct inlined) {
        fill(inlined.struct(), goTypes);
        type.addInlined(inlined.struct());
      }
    }
  }

  private static Field field(String[] row, FieldType type) {
    String goType = row[1];
    boolean required = row[2].equals("!");
    boolean omitZero = !required && !goType.startsWith("*") && !(type instanceof FieldType.Struct);
    return new Field(
        row[0],
        type,
        goType,
        required,
        omitZero && type != FieldType.Scalar.ANY,
        facets(row),
        declaredDefault(row));
  }

  private static Facets facets(String[] row) {
    String keys = facet(row, "keys");
    String patch = facet(row, "patch");
    String listType = facet(row, "list");
    if (listType.isEmpty() && patch.isEmpty()) {
      return Facets.NONE;
    }
    return new Facets(
        listType,
        keys.isEmpty() ? List.of() : List.of(keys.split(",")),
        patch.isEmpty() ? Set.of() : Set.of(patch.split(",")),
        facet(row, "mergeKey"));
  }

  private static @Nullable JsonNode declaredDefault(String[] row) {
    String text = facet(row, "default");
    return text.isEmpty() ? null : Json.mapper().readTree(text);
  }

  private static String facet(String[] row, String name) {
    for (int i = 3; i < row.length; i++) {
      if (row[i].startsWith(name) && row[i].charAt(name.length()) == '=') {
        return row[i].substring(name.length() + 1);
      }
    }
    return "";
  }
}
