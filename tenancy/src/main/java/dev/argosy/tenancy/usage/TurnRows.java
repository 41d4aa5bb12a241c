package dev.argosy.tenancy.usage;

import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns as {@code usage_apply} and {@code usage_recount} take them. */
final class TurnRows {

  private TurnRows() {}

  static String json(List<UsageTurn> turns) {
    ArrayNode rows = Json.mapper().createArrayNode();
    turns.forEach(turn -> rows.add(row(turn)));
    return rows.toString();
  }

  private static ObjectNode row(UsageTurn turn) {
    UsageTurn.Subject subject = turn.subject();
    ObjectNode row =
        Json.object()
            .put("uid", turn.uid())
            .put("revision", turn.revision())
            .put("cluster", subject.cluster())
            .put("tenant_uid", subject.tenantUid())
            .put("kind", subject.kind())
            .put("namespace", subject.namespace())
            .put("name", subject.name())
            .put("node", subject.node())
            .put("since", turn.at().toString());
    ObjectNode labels = row.putObject("labels");
    turn.labels().forEach(labels::put);
    ObjectNode allocated = row.putObject("allocated");
    turn.allocated().forEach((name, amount) -> allocated.put(name, amount.toPlainString()));
    return row;
  }
}
