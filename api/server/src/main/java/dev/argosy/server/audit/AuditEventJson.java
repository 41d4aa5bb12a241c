package dev.argosy.server.audit;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.TokenMark;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event in its wire form. One field is our own: {@code objectRef} has no cluster, so the
 * annotation {@code argosy.dev/cluster} names it.
 */
final class AuditEventJson {

  static final String CLUSTER = "argosy.dev/cluster";

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private AuditEventJson() {}

  static ObjectNode of(AuditEvent event) {
    AuditRequest request = event.request();
    ObjectNode json = Json.object();
    json.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
    json.put("level", event.level().text()).put("auditID", request.id());
    json.put("stage", event.stage().text()).put("requestURI", request.uri());
    json.put("verb", request.attributes().verb());
    json.set("user", user(request.attributes().user()));
    UserInfo other = event.impersonated();
    if (other != null) {
      json.set("impersonatedUser", user(other));
    }
    if (!request.sources().isEmpty()) {
      ArrayNode sources = json.putArray("sourceIPs");
      request.sources().forEach(sources::add);
    }
    putText(json, "userAgent", request.userAgent());
    if (request.attributes().resourceRequest()) {
      json.set("objectRef", reference(request.attributes(), event.bodies().sent()));
    }
    putStatus(json, event.outcome());
    putBody(json, "requestObject", event.bodies().request(), event.bodies());
    putBody(json, "responseObject", event.bodies().response(), event.bodies());
    json.put("requestReceivedTimestamp", micros(request.received()));
    json.put("stageTimestamp", micros(event.at()));
    json.set("annotations", annotations(event));
    return json;
  }

  static ObjectNode annotations(AuditEvent event) {
    Map<String, String> all = new TreeMap<>(event.annotations());
    all.put(CLUSTER, event.request().attributes().cluster());
    TokenMark.of(event.request().attributes().user()).ifPresent(id -> all.put(TokenMark.EXTRA, id));
    ObjectNode json = Json.object();
    all.forEach(json::put);
    return json;
  }

  private static String micros(Instant time) {
    return MICROS.format(time);
  }

  private static ObjectNode user(UserInfo user) {
    ObjectNode json = Json.object().put("username", user.name());
    putText(json, "uid", user.uid());
    if (!user.groups().isEmpty()) {
      ArrayNode groups = json.putArray("groups");
      user.groups().forEach(groups::add);
    }
    if (!user.extra().isEmpty()) {
      ObjectNode extra = json.putObject("extra");
      new TreeMap<>(user.extra())
          .forEach((key, values) -> {
            ArrayNode list = extra.putArray(key);
            values.forEach(list::add);
          });
    }
    return json;
  }

  private static ObjectNode reference(Attributes asked, SentNames sent) {
    ObjectNode json = Json.object().put("resource", asked.resource());
    putText(json, "namespace", SentNames.first(asked.namespace(), sent.namespace()));
    putText(json, "name", SentNames.first(asked.name(), sent.name()));
    putText(json, "uid", sent.uid());
    putText(json, "apiGroup", asked.group());
    putText(json, "apiVersion", asked.version());
    putText(json, "resourceVersion", sent.resourceVersion());
    putText(json, "subresource", asked.subresource());
    return json;
  }

  private static void putStatus(ObjectNode json, AuditEvent.Outcome outcome) {
    if (outcome.code() == 0) {
      return;
    }
    ObjectNode status = json.putObject("responseStatus");
    status.putObject("metadata");
    Status refusal = outcome.refusal();
    if (refusal != null) {
      status.setAll(refusal.toJson());
      status.remove("kind");
      status.remove("apiVersion");
    }
    status.put("code", outcome.code());
  }

  private static void putBody(
      ObjectNode json, String field, byte @Nullable [] body, AuditEvent.Bodies how) {
    JsonNode tree = body(body, how.withoutManagedFields());
    if (tree != null) {
      json.set(field, tree);
    }
  }

  /** A body as it is kept; null if there is none. */
  static @Nullable JsonNode body(byte @Nullable [] body, boolean withoutManagedFields) {
    if (body == null) {
      return null;
    }
    try {
      JsonNode tree = Json.mapper().readTree(body);
      if (withoutManagedFields) {
        slim(tree);
        tree.path("items").forEach(AuditEventJson::slim);
      }
      return tree;
    } catch (JacksonException e) {
      return null; // made of JSON by ourselves, so this is a patch in a form of its own
    }
  }

  private static void slim(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
  }

  private static void putText(ObjectNode json, String field, String text) {
    if (!text.isEmpty()) {
      json.put(field, text);
    }
  }
}
