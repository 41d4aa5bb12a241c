package dev.argosy.server.custom.rule;

import dev.argosy.model.status.Cause;
import dev.argosy.server.custom.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The expressions of one schema, compiled when they are first needed. */
public final class SchemaRules {

  private final Schema schema;
  private final boolean empty;
  private volatile @Nullable RuleNode root;

  private SchemaRules(Schema schema) {
    this.schema = schema;
    this.empty = !hasRules(schema);
  }

  public static SchemaRules of(Schema schema) {
    return new SchemaRules(schema);
  }

  private static boolean hasRules(Schema schema) {
    Schema additional = schema.shape().additional();
    Schema items = schema.shape().items();
    return !schema.rules().isEmpty()
        || schema.shape().properties().values().stream().anyMatch(SchemaRules::hasRules)
        || additional != null && hasRules(additional)
        || items != null && hasRules(items);
  }

  public boolean isEmpty() {
    return empty;
  }

  /**
   * What is wrong with an object that fits its schema.
   *
   * @param old the object before; null if it is new
   */
  public List<Cause> check(ObjectNode object, @Nullable ObjectNode old) {
    RuleNode node = compiled();
    return node == null ? List.of() : new RuleEvaluation().check(node, object, old);
  }

  private @Nullable RuleNode compiled() {
    RuleNode made = root;
    if (made == null && !empty) {
      made = RuleNode.root(schema);
      root = made;
    }
    return made;
  }
}
