package dev.argosy.model.schema.defaulting;

import dev.argosy.model.quantity.Quantity;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Amounts of resources have no parts smaller than a thousandth: they are rounded up. */
record MilliRule(String field) implements Rule {

  @Override
  public void apply(ObjectNode object) {
    if (!(object.get(field) instanceof ObjectNode amounts)) {
      return;
    }
    for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
      String text = amount.getValue().asString("");
      boolean fine = text.isEmpty() || (!text.endsWith("n") && !text.endsWith("u"));
      if (!fine) {
        String rounded = Quantity.parse(text).roundUpToMilli().toString();
        amount.setValue(JsonNodeFactory.instance.stringNode(rounded));
      }
    }
  }
}
