package dev.argosy.server.dispatch;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.answer.AnswerForms;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.answer.ListMeta;
import dev.argosy.server.answer.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the audit what was sent and answered: always as JSON and whole, whatever form the client
 * chose. Costs nothing unless the policy wants bodies.
 */
final class AuditedBodies {

  private static final Format PLAIN =
      new Format(Format.Shape.WHOLE, Format.Encoding.JSON, "v1", false);

  private static final GroupResource TOKENS =
      new GroupResource("access.argosy.dev", "accesstokens");

  private static final String CREDENTIALS = "ServiceClientCredentials";

  private final AnswerForms forms;

  AuditedBodies(AnswerForms forms) {
    this.forms = forms;
  }

  void sent(Exchange exchange, JsonNode body) {
    exchange.audit().requested(body);
  }

  void object(Exchange exchange, KindSchema kind, ApiObject object) {
    exchange
        .audit()
        .answered(() -> bytes(out -> writer(kind).object(withoutSecret(kind, object), out)));
  }

  /** The token itself is for whoever made it, and not for whoever reads the trail. */
  private static ApiObject withoutSecret(KindSchema kind, ApiObject object) {
    if (!kind.type().groupResource().equals(TOKENS) || !object.tree().path("status").has("token")) {
      return object;
    }
    ObjectNode tree = object.tree();
    tree.withObject("status").remove("token");
    return ApiObject.ofStored(object.key(), object.revision(), Json.canonical(tree));
  }

  void list(Exchange exchange, KindSchema kind, ListMeta meta, List<ApiObject> items) {
    exchange.audit().answered(() -> bytes(out -> writer(kind).list(meta, items, out)));
  }

  void document(Exchange exchange, JsonNode document) {
    exchange.audit().answered(() -> Json.mapper().writeValueAsBytes(withoutSecret(document)));
  }

  /** Likewise the secret of a service client. */
  private static JsonNode withoutSecret(JsonNode document) {
    if (!document.path("kind").asString("").equals(CREDENTIALS)) {
      return document;
    }
    JsonNode copy = document.deepCopy();
    ((ObjectNode) copy).withObject("status").remove("clientSecret");
    return copy;
  }

  private ObjectWriter writer(KindSchema kind) {
    return forms.writer(kind, PLAIN, "", false);
  }

  private static byte[] bytes(Answers.Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      body.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
