package dev.argosy.server.custom.definition;

import dev.argosy.model.object.Json;
import dev.argosy.server.custom.rule.SchemaRules;
import dev.argosy.server.custom.schema.Schema;
import dev.argosy.server.custom.schema.SchemaReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of one version: kept as text, read when it is first needed. Equal if the texts are;
 * many clusters have the same definitions, so equal ones are shared between them.
 */
public final class VersionSchema {

  private final byte[] json;
  private final int hash;
  private volatile @Nullable Schema schema;
  private volatile @Nullable SchemaRules rules;

  private VersionSchema(byte[] json) {
    this.json = json;
    this.hash = Arrays.hashCode(json);
  }

  static VersionSchema of(JsonNode schema) {
    return new VersionSchema(
        Json.mapper().writeValueAsBytes(schema.isObject() ? schema : Json.object()));
  }

  /** As it was written; the caller's own. */
  public ObjectNode tree() {
    return Json.parse(json);
  }

  public Schema schema() {
    Schema read = schema;
    if (read == null) {
      read = SchemaReader.read(tree());
      schema = read;
    }
    return read;
  }

  public SchemaRules rules() {
    SchemaRules made = rules;
    if (made == null) {
      made = SchemaRules.of(schema());
      rules = made;
    }
    return made;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionSchema o && hash == o.hash && Arrays.equals(json, o.json);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
