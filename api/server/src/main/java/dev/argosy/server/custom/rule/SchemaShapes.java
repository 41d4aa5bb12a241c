package dev.argosy.server.custom.rule;

import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.Shape.Kind;
import dev.argosy.server.cel.Shape.ListKind;
import dev.argosy.server.cel.Shape.ListOf;
import dev.argosy.server.cel.Shape.MapOf;
import dev.argosy.server.cel.Shape.ObjectOf;
import dev.argosy.server.cel.Shape.Scalar;
import dev.argosy.server.custom.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What expressions know of the values of a schema. */
public final class SchemaShapes {

  private static final Shape NAME = new Scalar(Kind.STRING, 253);

  private SchemaShapes() {}

  /** The shape of whole objects of a schema. */
  public static Shape whole(Schema schema) {
    return of(schema, "Object", true);
  }

  /**
   * The shape of values of a schema.
   *
   * @param name what the type is called in messages, such as {@code Object.spec}
   * @param resource whether the values are whole objects, with apiVersion, kind and metadata
   */
  static Shape of(Schema schema, String name, boolean resource) {
    if (schema.marks().intOrString()) {
      return new Scalar(Kind.INT_OR_STRING, Bounds.length(schema));
    }
    String type = schema.types().isEmpty() ? "" : schema.types().getFirst();
    return switch (type) {
      case "object" -> object(schema, name, resource || schema.marks().embedded());
      case "array" -> list(schema, name);
      case "string" -> text(schema);
      case "integer" -> Shape.INT;
      case "number" -> Shape.DOUBLE;
      case "boolean" -> Shape.BOOL;
      default -> Shape.DYN;
    };
  }

  private static Shape text(Schema schema) {
    long most = Bounds.length(schema);
    return switch (schema.sizes().format()) {
      case "byte" -> new Scalar(Kind.BYTES, most);
      case "duration" -> new Scalar(Kind.DURATION, most);
      case "date" -> new Scalar(Kind.DATE, most);
      case "date-time" -> new Scalar(Kind.TIMESTAMP, most);
      default -> new Scalar(Kind.STRING, most);
    };
  }

  private static Shape list(Schema schema, String name) {
    Schema items = schema.shape().items();
    Shape item = items == null ? Shape.DYN : of(items, name + ".@idx", false);
    ListKind kind =
        switch (schema.marks().listType()) {
          case "set" -> ListKind.SET;
          case "map" -> ListKind.MAP;
          default -> ListKind.ATOMIC;
        };
    return new ListOf(item, Bounds.items(schema), kind, schema.marks().mapKeys());
  }

  private static Shape object(Schema schema, String name, boolean resource) {
    Schema additional = schema.shape().additional();
    if (additional != null) {
      return new MapOf(of(additional, name + ".@elem", false), Bounds.entries(schema));
    }
    Map<String, Shape> fields = new LinkedHashMap<>();
    schema
        .shape()
        .properties()
        .forEach((member, below) -> fields.put(member, of(below, name + "." + member, false)));
    if (resource) {
      fields.put("apiVersion", Shape.STRING);
      fields.put("kind", Shape.STRING);
      fields.put("metadata", metadata(name + ".metadata"));
    }
    return fixed(name, fields);
  }

  /** All that expressions may see of metadata. */
  private static Shape metadata(String name) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    fields.put("name", NAME);
    fields.put("generateName", NAME);
    return fixed(name, fields);
  }

  private static Shape fixed(String name, Map<String, Shape> fields) {
    Set<String> names = Set.copyOf(fields.keySet());
    return new ObjectOf(name, () -> names, fields::get);
  }
}
