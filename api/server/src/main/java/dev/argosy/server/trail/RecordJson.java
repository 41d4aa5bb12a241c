package dev.argosy.server.trail;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.audit.AuditEntry;
import dev.argosy.tenancy.audit.AuditRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** Entries of the trail as AuditRecord objects. */
final class RecordJson {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private RecordJson() {}

  static ApiObject object(AuditRecord entry) {
    String name = new RecordName(entry.cluster(), entry.sequence()).toString();
    ObjectKey key = new ObjectKey(AuditRecords.RESOURCE, entry.cluster(), "", name);
    return ApiObject.ofWire(key, 0, Json.canonical(json(entry)));
  }

  static ObjectNode json(AuditRecord placed) {
    AuditEntry entry = placed.entry();
    ObjectNode json = Json.object();
    json.put("apiVersion", "audit.argosy.dev/v1").put("kind", "AuditRecord");
    json.putObject("metadata")
        .put("name", new RecordName(placed.cluster(), placed.sequence()).toString())
        .put("creationTimestamp", entry.at().truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("cluster", placed.cluster()).put("sequence", placed.sequence());
    json.put("at", time(entry.at())).put("recordedAt", time(placed.recordedAt()));
    put(json, entry.who());
    put(json, entry.what());
    json.put("decision", entry.answer().decision()).put("code", entry.answer().code());
    put(json, entry.details());
    json.put("previousHash", placed.previous().hex()).put("hash", placed.hash().hex());
    return json;
  }

  private static void put(ObjectNode json, AuditEntry.Who who) {
    json.put("user", who.user());
    text(json, "impersonatedUser", who.impersonated());
    if (!who.groups().isEmpty()) {
      who.groups().forEach(json.putArray("groups")::add);
    }
    text(json, "source", who.source());
    text(json, "userAgent", who.userAgent());
  }

  private static void put(ObjectNode json, AuditEntry.Action what) {
    json.put("verb", what.verb());
    text(json, "apiGroup", what.group());
    text(json, "resource", what.resource());
    text(json, "subresource", what.subresource());
    text(json, "namespace", what.namespace());
    text(json, "name", what.name());
    text(json, "path", what.path());
  }

  private static void put(ObjectNode json, AuditEntry.Details details) {
    text(json, "requestURI", details.uri());
    text(json, "auditID", details.auditId());
    json.put("stage", details.stage()).put("level", details.level());
    json.set("annotations", Json.mapper().readTree(details.annotations()));
    details.request().ifPresent(body -> json.set("request", Json.mapper().readTree(body)));
    details.response().ifPresent(body -> json.set("response", Json.mapper().readTree(body)));
  }

  private static void text(ObjectNode json, String field, String text) {
    if (!text.isEmpty()) {
      json.put(field, text);
    }
  }

  private static String time(Instant time) {
    return MICROS.format(time);
  }
}
