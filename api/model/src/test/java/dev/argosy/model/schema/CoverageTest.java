package dev.argosy.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.description.Descriptions;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.validation.KindValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing that is served is known by halves. */
class CoverageTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();

  /** Kinds of which nothing but the metadata can be wrong. */
  private static final Set<String> WITHOUT_RULES =
      Set.of(
          "bindings",
          "auditrecords.audit.argosy.dev",
          "trailreviews.audit.argosy.dev",
          "execrecordings.audit.argosy.dev",
          "objectrevisions.history.argosy.dev",
          "objectrestores.history.argosy.dev",
          "revisiondiffs.history.argosy.dev",
          "nodes.metrics.k8s.io",
          "pods.metrics.k8s.io",
          "componentstatuses",
          "serviceaccounts",
          "selfsubjectreviews.authentication.k8s.io",
          "selfsubjectrulesreviews.authorization.k8s.io",
          "tokenreviews.authentication.k8s.io");

  /** Kubernetes itself does not say what these are. */
  private static final List<String> UNEXPLAINED =
      List.of("apiextensions.k8s.io/v1.JSONSchemaProps.", "apiextensions.k8s.io/v1.ExternalDoc");

  /** An unknown type of the table would silently be taken for text. */
  @Test
  void everyFieldHasAKnownType() throws IOException {
    Set<String> texts = new HashSet<>(stringTypes());
    List<String> unknown = new ArrayList<>();
    for (StructType type : KINDS.fields().all()) {
      for (Field field : type.fields()) {
        String name = field.goType().replaceAll("^.*[\\]*.]", "");
        if (scalar(field.type()) == Scalar.STRING && !texts.contains(name)) {
          unknown.add(type + "." + field.name() + " " + field.goType());
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static Scalar scalar(FieldType type) {
    return switch (type) {
      case Scalar scalar -> scalar;
      case ListOf list -> scalar(list.item());
      case MapOf map -> scalar(map.value());
      case Struct struct -> Scalar.ANY;
    };
  }

  private static List<String> stringTypes() throws IOException {
    try (InputStream in = CoverageTest.class.getResourceAsStream("string-types.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void everyRowHasAValidator() {
    for (KindSchema kind : KINDS.root().all()) {
      String resource = kind.type().groupResource().toString();
      assertThat(KindValidator.hasRules(kind.type()))
          .as(resource)
          .isNotEqualTo(WITHOUT_RULES.contains(resource));
    }
  }

  /** Validation may meet anything that has the right types. */
  @Test
  void nothingFailsOnAnEmptyObject() {
    for (KindSchema kind : KINDS.root().all()) {
      var empty = Json.object();
      var filled = Json.object();
      kind.applyDefaults(filled);
      kind.validate(empty);
      kind.validate(filled);
      kind.validateUpdate(empty, filled);
      kind.validateUpdate(filled, empty);
      kind.validateStatusUpdate(empty, filled);
      assertThat(kind.fromStored(kind.toStored(filled))).as("%s", kind).isNotNull();
    }
  }

  @Test
  void everyKindIsExplained() {
    Descriptions descriptions = Descriptions.load();
    List<String> silent = new ArrayList<>();
    Set<StructType> seen = new HashSet<>();
    for (KindSchema kind : KINDS.root().all()) {
      explain(kind.struct().orElseThrow(), descriptions, seen, silent);
    }
    silent.removeIf(type -> UNEXPLAINED.stream().anyMatch(type::startsWith));
    assertThat(silent).isEmpty();
  }

  private static void explain(
      StructType type, Descriptions descriptions, Set<StructType> seen, List<String> silent) {
    if (!seen.add(type)) {
      return;
    }
    if (descriptions.of(type).isEmpty()) {
      silent.add(type.toString());
    }
    for (Field field : type.fields()) {
      if (descriptions.of(type, field).isEmpty()) {
        silent.add(type + "." + field.name());
      }
      StructType below = struct(field.type());
      if (below != null) {
        explain(below, descriptions, seen, silent);
      }
    }
  }

  private static @Nullable StructType struct(FieldType type) {
    return switch (type) {
      case Scalar scalar -> null;
      case ListOf list -> struct(list.item());
      case MapOf map -> struct(map.value());
      case Struct struct -> struct.struct();
    };
  }
}
