package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** How the fields of messages are called in JSON: the same, but for the schema of a schema. */
final class FieldNames {

  private static final String SCHEMA = "JSONSchemaProps";
  private static final String EXTENSION = "xKubernetes";

  private FieldNames() {}

  static String json(FieldDescriptor field) {
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
