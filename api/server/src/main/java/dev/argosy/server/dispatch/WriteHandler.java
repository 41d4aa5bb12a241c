package dev.argosy.server.dispatch;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.AnswerForms;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.answer.ListMeta;
import dev.argosy.server.answer.ObjectWriter;
import dev.argosy.server.answer.Offer;
import dev.argosy.server.list.Lister;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.protobuf.ProtobufBodies;
import dev.argosy.server.registry.DeleteBody;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.registry.Registry.Removed;
import dev.argosy.server.registry.Registry.Written;
import dev.argosy.server.registry.Warnings;
import dev.argosy.server.registry.Write;
import dev.argosy.server.request.BodyReader;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.request.ManagerNames;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.WriteQuery;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers create, update, patch, delete and deletecollection, of objects and their parts. */
final class WriteHandler {

  /** What may stand around an object, and the size of a small one; guesses for buffers. */
  private static final int AROUND = 256;

  private static final int ITEM = 1024;

  private final Registry registry;
  private final Lister lister;
  private final BodyReader bodies;
  private final AnswerForms forms;
  private final AuditedBodies audited;

  WriteHandler(Registry registry, Lister lister, BodyReader bodies, AnswerForms forms) {
    this.registry = registry;
    this.lister = lister;
    this.bodies = bodies;
    this.forms = forms;
    this.audited = new AuditedBodies(forms);
  }

  void object(Exchange exchange, KindSchema kind) throws IOException {
    switch (exchange.info().verb()) {
      case "create" -> create(exchange, kind);
      case "update" -> update(exchange, kind);
      case "patch" -> patch(exchange, kind);
      case "delete" -> delete(exchange, kind);
      case "deletecollection" -> deleteCollection(exchange, kind);
      default -> throw Status.methodNotAllowed().asException();
    }
  }

  void subresource(Exchange exchange, KindSchema kind) throws IOException {
    boolean scale = exchange.info().subresource().equals("scale");
    switch (exchange.info().verb()) {
      case "create" -> post(exchange, kind);
      case "update" -> {
        if (scale) {
          updateScale(exchange, kind);
        } else {
          update(exchange, kind);
        }
      }
      case "patch" -> {
        if (scale) {
          patchScale(exchange, kind);
        } else {
          patch(exchange, kind);
        }
      }
      default -> throw Status.methodNotAllowed().asException();
    }
  }

  private void create(Exchange exchange, KindSchema kind) throws IOException {
    Format format =
        kind.type().stored() ? format(exchange, kind) : format(exchange, forms.ofDocument(kind));
    Write write = write(exchange, kind, "CreateOptions").named("");
    DecodedBody body = body(exchange, kind);
    if (kind.type().stored()) {
      lister.prepare(kind);
      written(exchange, write, format, registry.create(write, body));
    } else {
      ObjectNode answer = registry.review(write, body);
      warn(exchange, write);
      document(exchange, 201, format, answer);
    }
  }

  private void update(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, kind);
    Write write = write(exchange, kind, "UpdateOptions");
    written(exchange, write, format, registry.update(write, body(exchange, kind)));
  }

  private void patch(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, kind);
    Patch.Form form = patchForm(exchange);
    Write write = write(exchange, kind, patchQuery(exchange, form));
    written(exchange, write, format, registry.patch(write, form, patchBody(exchange, form)));
  }

  private void post(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, AnswerForms.ofStatus());
    Write write = write(exchange, kind, "CreateOptions");
    ObjectNode answer = registry.post(write, body(exchange, kind));
    warn(exchange, write);
    document(exchange, 201, format, answer);
  }

  /** Binds a pod that the body names, as clients did before pods had a subresource for it. */
  void bind(Exchange exchange, KindSchema pods) throws IOException {
    Format format = format(exchange, AnswerForms.ofStatus());
    DecodedBody body = body(exchange, pods);
    RequestInfo info = exchange.info();
    Write write =
        new Write(
            exchange.user(),
            pods,
            exchange.cluster(),
            info.namespace(),
            body.tree().path("metadata").path("name").asString(""),
            "binding",
            WriteQuery.parse(exchange.query(), "CreateOptions"),
            new Warnings(),
            exchange.audit());
    if (write.name().isEmpty()) {
      throw Status.badRequest("metadata.name: Required value: the pod to bind").asException();
    }
    ObjectNode answer = registry.post(write, body);
    warn(exchange, write);
    document(exchange, 201, format, answer);
  }

  private void updateScale(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, AnswerForms.ofStatus());
    Write write = write(exchange, kind, "UpdateOptions");
    ObjectNode scale = registry.updateScale(write, body(exchange, kind));
    document(exchange, 200, format, scale);
  }

  private void patchScale(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, AnswerForms.ofStatus());
    Patch.Form form = patchForm(exchange);
    Write write = write(exchange, kind, patchQuery(exchange, form));
    ObjectNode scale = registry.patchScale(write, form, patchBody(exchange, form));
    document(exchange, 200, format, scale);
  }

  private void delete(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, kind);
    JsonNode options = deleteBody(exchange);
    Write write = deletion(exchange, kind, options);
    Removed removed = registry.delete(write, deleteOptions(exchange, options));
    warn(exchange, write);
    if (removed.gone() && !LastState.answers(kind.type().groupResource())) {
      ObjectNode success = deleted(kind, removed.object());
      document(exchange, 200, format, success);
    } else {
      send(exchange, kind, format, 200, removed.object());
    }
  }

  /** Lists what is meant, deletes each, answers the list. */
  private void deleteCollection(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, kind);
    JsonNode body = deleteBody(exchange);
    DeleteOptions options = deleteOptions(exchange, body);
    Write write = deletion(exchange, kind, body);
    ListQuery query = ListQuery.forList(exchange.query());
    View view = View.of(kind, exchange.logicalCluster(), exchange.info().namespace());
    var page =
        lister.list(
            view, Selection.parse(kind, query.labelSelector(), query.fieldSelector()), query);
    for (ApiObject object : page.items()) {
      deleteOne(write.named(object.name()), options, object);
    }
    ListMeta meta = new ListMeta(page.revision(), page.continueToken(), page.remaining());
    ObjectWriter writer = writer(exchange, kind, format);
    Answers.send(
        exchange.recipient(),
        200,
        format,
        page.items().size() * ITEM,
        out -> writer.list(meta, page.items(), out));
  }

  private void deleteOne(Write write, DeleteOptions options, ApiObject object) {
    try {
      DeleteOptions thisOne =
          new DeleteOptions(
              options.gracePeriodSeconds(), options.propagation(), object.meta().uid(), null);
      registry.delete(write, thisOne);
    } catch (dev.argosy.model.status.StatusException e) {
      switch (e.status().reason()) {
        case NOT_FOUND, CONFLICT -> {} // gone already, or made anew since
        default -> throw e;
      }
    }
  }

  private static ObjectNode deleted(KindSchema kind, ApiObject last) {
    GroupResource resource = kind.type().groupResource();
    ObjectNode success = Registry.success(200);
    success.remove("code");
    ObjectNode details = success.putObject("details").put("name", last.name());
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    details.put("kind", resource.resource()).put("uid", last.meta().uid());
    return success;
  }

  private Write write(Exchange exchange, KindSchema kind, String options) {
    return write(exchange, kind, WriteQuery.parse(exchange.query(), options));
  }

  private Write write(Exchange exchange, KindSchema kind, WriteQuery query) {
    RequestInfo info = exchange.info();
    return new Write(
        exchange.user(),
        kind,
        exchange.cluster(),
        info.namespace(),
        info.name(),
        info.subresource(),
        query.byDefault(ManagerNames.ofUserAgent(exchange.header("User-Agent"))),
        new Warnings(),
        exchange.audit());
  }

  private Write deletion(Exchange exchange, KindSchema kind, JsonNode body) {
    Write write = write(exchange, kind, "DeleteOptions");
    return DeleteBody.dryRun(body) ? write.with(write.options().asDryRun()) : write;
  }

  /** Custom resources have no messages of their own, so their clients must fall back to JSON. */
  private DecodedBody body(Exchange exchange, KindSchema kind) throws IOException {
    String type = BodyReader.mediaType(exchange.request.getContentType());
    boolean scale = exchange.info().subresource().equals("scale");
    if (kind.struct().isEmpty() && !scale && type.equals(ProtobufBodies.MEDIA_TYPE)) {
      throw Status.of(
              Reason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json, application/yaml")
          .asException();
    }
    DecodedBody body = bodies.decode(bytes(exchange), exchange.request.getContentType());
    audited.sent(exchange, body.tree());
    return body;
  }

  private byte[] bytes(Exchange exchange) throws IOException {
    String coding = exchange.header("Content-Encoding");
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      throw Status.of(
              Reason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request must not be encoded, but its Content-Encoding is " + coding)
          .asException();
    }
    return bodies.read(exchange.request.getInputStream(), exchange.request.getContentLengthLong());
  }

  private static Patch.Form patchForm(Exchange exchange) {
    return Registry.patchForm(BodyReader.mediaType(exchange.request.getContentType()));
  }

  private static WriteQuery patchQuery(Exchange exchange, Patch.Form form) {
    return WriteQuery.ofPatch(exchange.query(), form == Patch.Form.APPLY);
  }

  private DecodedBody patchBody(Exchange exchange, Patch.Form form) throws IOException {
    DecodedBody body =
        form == Patch.Form.APPLY
            ? bodies.decodeConfiguration(bytes(exchange))
            : bodies.decode(bytes(exchange), BodyReader.JSON);
    audited.sent(exchange, body.tree());
    return body;
  }

  private JsonNode deleteBody(Exchange exchange) throws IOException {
    byte[] bytes = bytes(exchange);
    if (bytes.length == 0) {
      return Json.mapper().nullNode();
    }
    JsonNode tree = bodies.decode(bytes, exchange.request.getContentType()).tree();
    String kind = tree.path("kind").asString("DeleteOptions");
    if (!tree.isObject() || !kind.equals("DeleteOptions")) {
      throw Status.badRequest("the body must be DeleteOptions").asException();
    }
    audited.sent(exchange, tree);
    return tree;
  }

  private static DeleteOptions deleteOptions(Exchange exchange, JsonNode body) {
    return body.isNull() ? DeleteBody.options(exchange.query()) : DeleteBody.options(body);
  }

  private Format format(Exchange exchange, KindSchema kind) {
    return format(exchange, forms.ofObjects(kind, false));
  }

  private static Format format(Exchange exchange, Offer offer) {
    return Format.choose(exchange.header("Accept"), offer, exchange.pretty());
  }

  private void document(Exchange exchange, int code, Format format, ObjectNode document)
      throws IOException {
    audited.document(exchange, document);
    String type = format.encoding().mediaType();
    Answers.bytes(exchange.response, code, type, forms.document(document, format));
  }

  private void written(Exchange exchange, Write write, Format format, Written written)
      throws IOException {
    warn(exchange, write);
    send(exchange, write.kind(), format, written.created() ? 201 : 200, written.object());
  }

  private void send(Exchange exchange, KindSchema kind, Format format, int code, ApiObject object)
      throws IOException {
    audited.object(exchange, kind, object);
    ObjectWriter writer = writer(exchange, kind, format);
    Answers.send(
        exchange.recipient(),
        code,
        format,
        object.size() + AROUND,
        out -> writer.object(object, out));
  }

  private ObjectWriter writer(Exchange exchange, KindSchema kind, Format format) {
    return forms.writer(kind, format, exchange.query().text("includeObject"), false);
  }

  private static void warn(Exchange exchange, Write write) {
    WarningHeaders.add(exchange.response, write.warnings().all());
  }
}
