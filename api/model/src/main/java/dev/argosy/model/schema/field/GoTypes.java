package dev.argosy.model.schema.field;

import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Go type expression of the field table means in JSON. */
final class GoTypes {

  private static final Map<String, FieldType> KNOWN =
      Map.ofEntries(
          Map.entry("string", Scalar.STRING),
          Map.entry("bool", Scalar.BOOLEAN),
          Map.entry("int32", Scalar.INT32),
          Map.entry("int64", Scalar.INT64),
          Map.entry("int", Scalar.INT64),
          Map.entry("float64", Scalar.DOUBLE),
          Map.entry("Time", Scalar.TIME),
          Map.entry("MicroTime", Scalar.MICRO_TIME),
          Map.entry("Quantity", Scalar.QUANTITY),
          Map.entry("IntOrString", Scalar.INT_OR_STRING),
          Map.entry("RawExtension", Scalar.ANY),
          Map.entry("FieldsV1", Scalar.ANY),
          Map.entry("JSON", Scalar.ANY),
          Map.entry("JSONSchemaPropsOrArray", Scalar.ANY),
          Map.entry("JSONSchemaPropsOrBool", Scalar.ANY),
          Map.entry("JSONSchemaPropsOrStringArray", Scalar.ANY),
          Map.entry("JSONSchemaDefinitions", Scalar.ANY),
          Map.entry("JSONSchemaDependencies", Scalar.ANY),
          Map.entry("CustomResourceSubresourceStatus", Scalar.ANY),
          Map.entry("interface{}", Scalar.ANY),
          Map.entry("ResourceList", new MapOf(Scalar.QUANTITY)),
          Map.entry("ExtraValue", new ListOf(Scalar.STRING)),
          Map.entry("Verbs", new ListOf(Scalar.STRING)));

  private final Map<String, StructType> types;

  GoTypes(Map<String, StructType> types) {
    this.types = types;
  }

  FieldType resolve(String goType, String groupVersion) {
    if (goType.startsWith("*")) {
      return resolve(goType.substring(1), groupVersion);
    }
    if (goType.equals("[]byte")) {
      return Scalar.BYTES;
    }
    if (goType.startsWith("[]")) {
      return new ListOf(resolve(goType.substring(2), groupVersion));
    }
    if (goType.startsWith("map[")) {
      return new MapOf(resolve(goType.substring(goType.indexOf(']') + 1), groupVersion));
    }
    return named(goType, groupVersion);
  }

  private FieldType named(String goType, String groupVersion) {
    int dot = goType.indexOf('.');
    String name = goType.substring(dot + 1);
    if (name.equals("ValidationRules")) {
      return resolve("[]ValidationRule", groupVersion);
    }
    FieldType known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    StructType struct = struct(dot < 0 ? "" : goType.substring(0, dot), name, groupVersion);
    return struct == null ? Scalar.STRING : new Struct(struct);
  }

  private @Nullable StructType struct(String qualifier, String name, String groupVersion) {
    List<String> places =
        switch (qualifier) {
          case "" -> List.of(groupVersion);
          case "metav1" -> List.of("meta/v1");
          case "corev1" -> List.of("v1");
          case "authenticationv1" -> List.of("authentication.k8s.io/v1");
          default -> List.of("v1", "meta/v1");
        };
    for (String place : places) {
      StructType struct = types.get(place + "." + name);
      if (struct != null) {
        return struct;
      }
    }
    return null;
  }
}
