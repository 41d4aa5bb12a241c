package dev.argosy.console.quota;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How much of one resource a quota allows, and how much of it is used.
 *
 * @param used empty if it is not counted yet
 */
record QuotaRow(ObjectKey quota, String resource, String used, String hard) {

  /** One for each resource that the quota names. */
  static List<QuotaRow> of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode told = tree.path("status").path("hard");
    JsonNode hard = told.isEmpty() ? tree.path("spec").path("hard") : told;
    JsonNode used = tree.path("status").path("used");
    List<QuotaRow> rows = new ArrayList<>();
    hard.forEachEntry((resource, most) ->
        rows.add(
            new QuotaRow(
                object.key(), resource, used.path(resource).asString(""), most.asString(""))));
    return rows;
  }

  /** What identifies the row. */
  record Id(ObjectKey quota, String resource) {}

  Id id() {
    return new Id(quota, resource);
  }

  double share() {
    return Amount.share(used, hard);
  }

  /** {@code 3 of 10}. */
  String text() {
    return Amount.of(resource, used) + " of " + Amount.of(resource, hard);
  }
}
