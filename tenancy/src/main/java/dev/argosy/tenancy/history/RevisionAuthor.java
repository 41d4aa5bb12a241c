package dev.argosy.tenancy.history;

import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who made a write.
 *
 * @param user as whom it was done
 * @param sender who acted as that user; empty if that was the user
 * @param verb of the request
 * @param subresource empty if it was the object itself
 * @param auditId of the request, if the audit policy keeps it; else empty
 */
public record RevisionAuthor(
    String user, String sender, String verb, String subresource, String auditId) {

  private static final int LONGEST = 1024;

  public RevisionAuthor {
    user = bounded(user);
    sender = bounded(sender);
  }

  private static String bounded(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }

  String json() {
    ObjectNode json = Json.object().put("user", user).put("verb", verb);
    put(json, "sender", sender);
    put(json, "subresource", subresource);
    put(json, "auditID", auditId);
    return json.toString();
  }

  private static void put(ObjectNode json, String field, String text) {
    if (!text.isEmpty()) {
      json.put(field, text);
    }
  }

  static RevisionAuthor parse(String text) {
    var json = Json.mapper().readTree(text);
    return new RevisionAuthor(
        json.path("user").asString(""),
        json.path("sender").asString(""),
        json.path("verb").asString(""),
        json.path("subresource").asString(""),
        json.path("auditID").asString(""));
  }
}
