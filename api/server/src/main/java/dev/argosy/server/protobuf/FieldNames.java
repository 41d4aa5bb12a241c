package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which field of a type a field of its message is. Their names are the same but for the case of
 * some letters, and but for the schema of a schema; what JSON spreads into its parent is a message
 * of its own.
 */
record FieldNames(FieldTable fields) {

  private static final String SCHEMA = "JSONSchemaProps";
  private static final String EXTENSION = "xKubernetes";

  /** The field; null if the type has none. */
  @Nullable Field field(StructType type, FieldDescriptor descriptor) {
    String name = json(descriptor);
    Field exact = type.field(name);
    if (exact != null) {
      return exact;
    }
    for (Field field : type.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }

  /** Whether the fields of a message are spread into a type. */
  boolean inlines(StructType type, Descriptor message) {
    for (String inlined : type.inlined()) {
      if (inlined.equals(message.getName())
          || find(type.groupVersion(), inlined).filter(t -> inlines(t, message)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Optional<StructType> find(String groupVersion, String name) {
    return fields
        .find(groupVersion, name)
        .or(() -> fields.find("v1", name))
        .or(() -> fields.find("meta/v1", name));
  }

  private static String json(FieldDescriptor field) {
    String name = field.getName();
    if (!field.getContainingType().getName().equals(SCHEMA)) {
      return name;
    }
    if (name.equals("ref") || name.equals("schema")) {
      return "$" + name;
    }
    return name.startsWith(EXTENSION) ? "x-kubernetes" + dashed(name) : name;
  }

  private static String dashed(String name) {
    StringBuilder dashed = new StringBuilder();
    for (char c : name.substring(EXTENSION.length()).toCharArray()) {
      if (Character.isUpperCase(c)) {
        dashed.append('-');
      }
      dashed.append(Character.toLowerCase(c));
    }
    return dashed.toString();
  }
}
