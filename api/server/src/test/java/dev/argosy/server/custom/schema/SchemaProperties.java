package dev.argosy.server.custom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import dev.argosy.server.custom.path.JsonPath;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every schema and every value. */
class SchemaProperties {

  private static final List<String> NAMES = List.of("a", "b", "c", "metadata", "kind");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Property(tries = 500)
  void pruningAndDefaultingAreDoneOnce(@ForAll long seed) {
    Random random = new Random(seed);
    Schema schema = SchemaReader.read(schema(random, 0));
    ObjectNode object = object(random, 0);
    Pruning.prune(schema, object, "name"::equals);
    assertThat(Pruning.prune(schema, object, "name"::equals)).isEmpty();
    Defaulting.apply(schema, object);
    ObjectNode once = object.deepCopy();
    Defaulting.apply(schema, object);
    assertThat((JsonNode) object).isEqualTo(once);
  }

  @Property(tries = 500)
  void nothingThrows(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode wild = random.nextBoolean() ? schema(random, 0) : object(random, 0);
    Problems problems = new Problems();
    StructuralCheck.root(wild, Path.ROOT, problems);
    Schema schema = SchemaReader.read(wild);
    JsonNode value = value(random, 0);
    JsonNode old = value(random, 0);
    Values.check(schema, value, old, Path.ROOT, problems);
    Values.check(schema, value, null, Path.ROOT, problems);
    ListUniqueness.check(schema, value, Path.ROOT, problems);
    Embedded.check(schema, value, Path.ROOT, problems);
    assertThat(problems.causes()).allSatisfy(cause -> assertThat(cause.text()).isNotBlank());
  }

  @Property(tries = 500)
  void whatDidNotChangeIsNotTold(@ForAll long seed) {
    Random random = new Random(seed);
    Schema schema = SchemaReader.read(schema(random, 0));
    JsonNode value = value(random, 0);
    Problems problems = new Problems();
    Values.check(schema, value, value.deepCopy(), Path.ROOT, problems);
    assertThat(problems.causes()).isEmpty();
  }

  @Property(tries = 1000)
  void everyTextIsAPathOrNot(@ForAll String text) {
    assertThat(JsonPath.parse(text).isPresent()).isEqualTo(JsonPath.problem(text).isEmpty());
    JsonPath.parse("." + text).ifPresent(path -> path.all(Json.object().put("a", 1)));
  }

  private static ObjectNode schema(Random random, int depth) {
    ObjectNode schema = Json.object();
    String[] types = {"object", "array", "string", "integer", "number", "boolean", "null", "x"};
    schema.put("type", types[random.nextInt(depth > 3 ? 6 : types.length)]);
    if (random.nextInt(4) == 0) {
      schema.set("default", value(random, 2));
    }
    if (random.nextInt(5) == 0) {
      schema.put("nullable", random.nextBoolean());
    }
    if (random.nextInt(6) == 0) {
      schema.put("x-kubernetes-preserve-unknown-fields", true);
    }
    String[] limits = {
      "maxLength", "minItems", "maxItems", "minimum", "maximum", "multipleOf", "maxProperties"
    };
    schema.put(limits[random.nextInt(limits.length)], random.nextInt(4));
    if (depth > 3) {
      return schema;
    }
    if (random.nextBoolean()) {
      ObjectNode properties = schema.putObject("properties");
      NAMES.forEach(name -> properties.set(name, schema(random, depth + 1)));
    } else if (random.nextBoolean()) {
      schema.set("additionalProperties", schema(random, depth + 1));
    }
    if (random.nextBoolean()) {
      schema.set("items", schema(random, depth + 1));
      schema.put("x-kubernetes-list-type", random.nextBoolean() ? "set" : "map");
      schema.putArray("x-kubernetes-list-map-keys").add("a");
    }
    String[] combinations = {"anyOf", "oneOf", "allOf"};
    if (random.nextInt(4) == 0) {
      schema
          .putArray(combinations[random.nextInt(3)])
          .add(schema(random, depth + 2))
          .add(schema(random, depth + 2));
    }
    return schema;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(9) - 4);
      case 3 -> NODES.numberNode(new java.math.BigDecimal("1e" + random.nextInt(400)));
      case 4 -> NODES.stringNode("a".repeat(random.nextInt(6)));
      case 5 -> NODES.numberNode(java.math.BigDecimal.valueOf(random.nextDouble()));
      case 6 -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth + 1));
        }
        yield array;
      }
      default -> object(random, depth + 1);
    };
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = NODES.objectNode();
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        object.set(name, value(random, depth + 1));
      }
    }
    return object;
  }
}
