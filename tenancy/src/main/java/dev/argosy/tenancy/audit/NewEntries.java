package dev.argosy.tenancy.audit;

import dev.argosy.model.object.Json;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Entries as {@code audit_append} takes them. */
final class NewEntries {

  /** An escaped NUL in JSON, which PostgreSQL does not take; not an escaped backslash before it. */
  private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

  private static final int LONGEST = 1024;

  private NewEntries() {}

  static ObjectNode json(AuditEntry entry) {
    ObjectNode row = Json.object().put("at", entry.at().toString());
    put(row, entry.who());
    put(row, entry.what());
    row.put("decision", entry.answer().decision()).put("code", entry.answer().code());
    put(row, entry.details());
    return row;
  }

  private static void put(ObjectNode row, AuditEntry.Who who) {
    row.put("user_name", text(who.user())).put("impersonated_user", text(who.impersonated()));
    row.put("user_groups", text(String.join(",", who.groups())));
    row.put("source", text(who.source())).put("user_agent", text(who.userAgent()));
  }

  private static void put(ObjectNode row, AuditEntry.Action what) {
    row.put("verb", text(what.verb())).put("cluster", text(what.cluster()));
    row.put("api_group", text(what.group())).put("resource", text(what.resource()));
    row.put("subresource", text(what.subresource())).put("namespace", text(what.namespace()));
    row.put("name", text(what.name())).put("path", text(what.path()));
  }

  private static void put(ObjectNode row, AuditEntry.Details details) {
    row.put("audit_id", text(details.auditId()));
    row.put("stage", details.stage()).put("level", details.level()).put("uri", text(details.uri()));
    row.putRawValue("annotations", json(details.annotations()));
    details.request().ifPresent(body -> row.putRawValue("request", json(body)));
    details.response().ifPresent(body -> row.putRawValue("response", json(body)));
  }

  private static RawValue json(String given) {
    return new RawValue(NUL.matcher(given).replaceAll("$1\\\\ufffd"));
  }

  /** PostgreSQL text holds no NUL, and what clients send can be as long as they like. */
  private static String text(String given) {
    String clean = given.replace("\0", "");
    if (clean.length() <= LONGEST) {
      return clean;
    }
    int end = Character.isHighSurrogate(clean.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return clean.substring(0, end);
  }
}
