package dev.argosy.server.custom.rule;

import dev.argosy.server.cel.Shape;
import dev.argosy.server.custom.schema.Schema;
import dev.argosy.server.custom.schema.Schema.RuleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a schema with rules at it or below it.
 *
 * @param members of properties with rules
 * @param additional of other members; null if there are no rules
 * @param items of elements; null if there are no rules
 */
record RuleNode(
    Schema schema,
    Shape shape,
    List<CompiledRule> rules,
    Map<String, RuleNode> members,
    @Nullable RuleNode additional,
    @Nullable RuleNode items) {

  /** The rules of a whole object; null if there are none. */
  static @Nullable RuleNode root(Schema schema) {
    return of(schema, "Object", true);
  }

  private static @Nullable RuleNode of(Schema schema, String name, boolean resource) {
    Map<String, RuleNode> members = new LinkedHashMap<>();
    schema
        .shape()
        .properties()
        .forEach((member, below) -> {
          RuleNode node = of(below, name + "." + member, false);
          if (node != null) {
            members.put(member, node);
          }
        });
    Schema other = schema.shape().additional();
    RuleNode additional = other == null ? null : of(other, name + ".@elem", false);
    Schema element = schema.shape().items();
    RuleNode items = element == null ? null : of(element, name + ".@idx", false);
    if (schema.rules().isEmpty() && members.isEmpty() && additional == null && items == null) {
      return null;
    }
    Shape shape = schema.rules().isEmpty() ? Shape.DYN : SchemaShapes.of(schema, name, resource);
    return new RuleNode(schema, shape, compiled(schema, shape), members, additional, items);
  }

  private static List<CompiledRule> compiled(Schema schema, Shape shape) {
    List<CompiledRule> rules = new ArrayList<>();
    RuleCompiler compiler = new RuleCompiler(shape);
    for (RuleText text : schema.rules()) {
      CompiledRule rule = compiler.rule(text);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }

  @Nullable RuleNode member(String name) {
    RuleNode own = members.get(name);
    return own == null && !schema.shape().properties().containsKey(name) ? additional : own;
  }

  String type() {
    return schema.types().isEmpty() ? "" : schema.types().getFirst();
  }
}
