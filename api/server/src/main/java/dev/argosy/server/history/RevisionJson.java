package dev.argosy.server.history;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.history.RecordedRevision;
import dev.argosy.tenancy.history.RevisionAuthor;
import dev.argosy.tenancy.history.RevisionSearch;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** Recorded revisions as ObjectRevision objects. */
final class RevisionJson {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private RevisionJson() {}

  static ApiObject object(String cluster, ObjectNode json) {
    String name = json.path("metadata").path("name").asString("");
    ObjectKey key = new ObjectKey(ObjectRevisions.RESOURCE, cluster, "", name);
    return ApiObject.ofWire(key, 0, Json.canonical(json));
  }

  static ObjectNode of(RecordedRevision revision) {
    ObjectKey key = revision.key();
    Instant at = revision.times().recorded();
    ObjectNode json = head(RevisionName.of(key, revision.of().revision()).toString(), at);
    text(json, "apiGroup", key.resource().group());
    json.put("resource", key.resource().resource());
    text(json, "namespace", key.namespace());
    json.put("name", key.name());
    text(json, "uid", revision.of().uid());
    json.put("revision", Long.toString(revision.of().revision()));
    json.put("change", revision.change().text());
    json.put("recordedAt", MICROS.format(at));
    revision.times().superseded().ifPresent(end -> json.put("supersededAt", MICROS.format(end)));
    if (revision.gap()) {
      json.put("afterGap", true);
    }
    revision.author().ifPresent(author -> put(json, author));
    return json;
  }

  /** As audit records have it: who asked, and whom they acted as. */
  private static void put(ObjectNode json, RevisionAuthor author) {
    boolean acting = !author.sender().isEmpty();
    json.put("user", acting ? author.sender() : author.user());
    text(json, "impersonatedUser", acting ? author.user() : "");
    json.put("verb", author.verb());
    text(json, "subresource", author.subresource());
    text(json, "auditID", author.auditId());
  }

  /** What stands among revisions where some may be missing. */
  static ObjectNode of(RevisionSearch.Gap gap) {
    ObjectNode json = head("gap-" + gap.id(), gap.at());
    json.put("resource", "*").put("name", "*");
    json.put("revision", Long.toString(gap.until()));
    json.put("afterRevision", Long.toString(gap.after()));
    json.put("change", "Gap").put("recordedAt", MICROS.format(gap.at()));
    return json.put("afterGap", true);
  }

  private static ObjectNode head(String name, Instant at) {
    ObjectNode json = Json.object();
    json.put("apiVersion", "history.argosy.dev/v1").put("kind", "ObjectRevision");
    json.putObject("metadata")
        .put("name", name)
        .put("creationTimestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
    return json;
  }

  private static void text(ObjectNode json, String field, String text) {
    if (!text.isEmpty()) {
      json.put(field, text);
    }
  }
}
