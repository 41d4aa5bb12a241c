package dev.argosy.server.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is encoded is read back the same, by protobuf's own reader of the public messages. */
class ProtobufAnswersProperties {

  /** Alpha fields whose numbers the public messages no longer have. */
  private static final Set<String> WITHOUT_NUMBER = Set.of("v1.PodSpec.workloadRef");

  private static final FieldTable FIELDS = FieldTable.load();
  private static final FieldNames NAMES = new FieldNames(FIELDS);
  private static final List<KindSchema> KINDS =
      BuiltinKinds.load().root().all().stream()
          .filter(k -> !k.type().group().endsWith("argosy.dev"))
          .filter(k -> !k.type().group().endsWith(".x-k8s.io"))
          .toList();

  private final ProtobufAnswers answers = new ProtobufAnswers(FIELDS);
  private final ProtobufBodies bodies = new ProtobufBodies(FIELDS);
  private final MessageTypes types = new MessageTypes();

  @Provide
  Arbitrary<KindSchema> kinds() {
    return Arbitraries.of(KINDS);
  }

  @Property(tries = 500)
  void readBackTheSame(@ForAll("kinds") KindSchema kind, @ForAll long seed) throws Exception {
    String apiVersion = kind.type().apiVersion();
    String name = kind.type().kind();
    ObjectNode object = new RandomObjects(seed, WITHOUT_NUMBER).of(kind.struct().orElseThrow());
    object.put("apiVersion", apiVersion).put("kind", name);
    ObjectNode read = bodies.decode(answers.document(apiVersion, name, object));
    assertThat(plain(read)).isEqualTo(plain(object));
    byte[] message = answers.message(apiVersion, name, object);
    Descriptor descriptor = types.find(apiVersion, name).orElseThrow();
    assertThat(DynamicMessage.parseFrom(descriptor, message).toByteArray()).isEqualTo(message);
    assertThat(answers.message(apiVersion, name, plain(object))).isEqualTo(message);
  }

  /** As a reader of the bytes sees it: numbers have no Java type. */
  private static ObjectNode plain(ObjectNode tree) {
    return Json.parse(Json.mapper().writeValueAsBytes(tree));
  }

  @Test
  void everyFieldHasANumber() {
    Set<String> missing = new TreeSet<>();
    Set<StructType> seen = new HashSet<>();
    for (KindSchema kind : KINDS) {
      types
          .find(kind.type().apiVersion(), kind.type().kind())
          .ifPresentOrElse(
              d -> walk(d, kind.struct().orElseThrow(), seen, missing),
              () -> missing.add(kind.type().apiVersion() + " " + kind.type().kind()));
    }
    missing.removeIf(name -> name.endsWith(".apiVersion") || name.endsWith(".kind"));
    assertThat(missing).isSubsetOf(WITHOUT_NUMBER);
  }

  private static void walk(
      Descriptor message, StructType type, Set<StructType> seen, Set<String> missing) {
    if (!seen.add(type)) {
      return;
    }
    Set<String> found = new HashSet<>();
    fields(message, type, found, seen, missing);
    for (Field field : type.fields()) {
      if (!found.contains(field.name())) {
        missing.add(type + "." + field.name());
      }
    }
  }

  private static void fields(
      Descriptor message,
      StructType type,
      Set<String> found,
      Set<StructType> seen,
      Set<String> missing) {
    for (FieldDescriptor number : message.getFields()) {
      Field field = NAMES.field(type, number);
      if (field != null) {
        found.add(field.name());
        member(number, field.type(), seen, missing);
      } else if (number.getJavaType() == JavaType.MESSAGE
          && NAMES.inlines(type, number.getMessageType())) {
        fields(number.getMessageType(), type, found, seen, missing);
      }
    }
  }

  private static void member(
      FieldDescriptor number, FieldType type, Set<StructType> seen, Set<String> missing) {
    FieldDescriptor value =
        number.isMapField() ? number.getMessageType().findFieldByNumber(2) : number;
    FieldType inner =
        type instanceof FieldType.ListOf list
            ? list.item()
            : type instanceof FieldType.MapOf map ? map.value() : type;
    if (inner instanceof FieldType.Struct struct && value.getJavaType() == JavaType.MESSAGE) {
      walk(value.getMessageType(), struct.struct(), seen, missing);
    }
  }
}
