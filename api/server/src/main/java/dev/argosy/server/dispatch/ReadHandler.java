package dev.argosy.server.dispatch;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.answer.AnswerForms;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.answer.ListMeta;
import dev.argosy.server.answer.ObjectWriter;
import dev.argosy.server.answer.Offer;
import dev.argosy.server.list.Lister;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.metrics.WatchMetrics;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.WebSocketHandshake;
import dev.argosy.server.watch.WatchFeed;
import java.io.IOException;
import java.util.List;

/** Answers get, list and watch. */
final class ReadHandler {

  /** What may stand around an object, and the size of a small one; guesses for buffers. */
  private static final int AROUND = 256;

  private static final int ITEM = 1024;

  private final Lister lister;
  private final GatedReads reads;
  private final AnswerForms forms;
  private final AuditedBodies bodies;
  private final WatchMetrics metrics;

  ReadHandler(Lister lister, GatedReads reads, AnswerForms forms, WatchMetrics metrics) {
    this.metrics = metrics;
    this.lister = lister;
    this.reads = reads;
    this.forms = forms;
    this.bodies = new AuditedBodies(forms);
  }

  void object(Exchange exchange, KindSchema kind) throws IOException {
    switch (exchange.info().verb()) {
      case "get" -> get(exchange, kind);
      case "list" -> list(exchange, kind);
      case "watch" -> watch(exchange, kind);
      default -> throw Status.methodNotAllowed().asException();
    }
  }

  /** Parts that are read: status shows the whole object, scale is made of it. */
  void subresource(Exchange exchange, KindSchema kind) throws IOException {
    if (exchange.info().subresource().equals("scale")) {
      Format format =
          Format.choose(exchange.header("Accept"), AnswerForms.ofStatus(), exchange.pretty());
      byte[] scale = forms.document(Registry.scale(kind, read(exchange, kind)), format);
      Answers.bytes(exchange.response, 200, format.encoding().mediaType(), scale);
    } else {
      get(exchange, kind);
    }
  }

  private ApiObject read(Exchange exchange, KindSchema kind) {
    RequestInfo info = exchange.info();
    View view = View.of(kind, exchange.logicalCluster(), info.namespace());
    return lister.get(exchange.user(), view, info.name(), ListQuery.forGet(exchange.query()));
  }

  private void get(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, kind);
    ApiObject object = read(exchange, kind);
    ObjectWriter writer = writer(exchange, kind, format);
    bodies.object(exchange, kind, object);
    exchange.sent(
        Answers.send(
            exchange.recipient(),
            200,
            format,
            object.size() + AROUND,
            out -> writer.object(object, out)));
  }

  private void list(Exchange exchange, KindSchema kind) throws IOException {
    Format format = format(exchange, kind);
    ListQuery query = ListQuery.forList(exchange.query());
    Page page = reads.list(exchange.passed(), view(exchange, kind), query);
    ListMeta meta = new ListMeta(page.revision(), page.continueToken(), page.remaining());
    ObjectWriter writer = writer(exchange, kind, format);
    bodies.list(exchange, kind, meta, page.items());
    exchange.sent(
        Answers.send(
            exchange.recipient(),
            200,
            format,
            page.items().size() * ITEM,
            out -> writer.list(meta, page.items(), out)));
  }

  private void watch(Exchange exchange, KindSchema kind) throws IOException {
    Offer offer = forms.ofObjects(kind, exchange.allClusters()).asStream();
    Format format = Format.choose(exchange.header("Accept"), offer, false);
    ObjectWriter writer = writer(exchange, kind, format);
    ListQuery asked = ListQuery.forWatch(exchange.query());
    ListQuery query = asked.named(legacyName(exchange, selection(kind, asked)));
    Selection selection = selection(kind, query);
    WatchFeed feed =
        reads.watch(
            exchange.passed(), new GatedReads.Reading(view(exchange, kind), selection, query));
    RequestInfo info = exchange.info();
    WatchEvents events =
        new WatchEvents(
            writer, metrics.of(info.group(), info.version(), info.resource()), exchange::leaveSeat);
    if (WebSocketHandshake.wanted(exchange.request)) {
      watchBySocket(exchange, feed, events);
    } else {
      exchange.audit().started(200);
      try (feed) {
        new WatchResponse(exchange.response, events).stream(feed);
      }
    }
  }

  private static void watchBySocket(Exchange exchange, WatchFeed feed, WatchEvents events)
      throws IOException {
    List<String> offered = WebSocketHandshake.offered(exchange.request);
    WatchSocket.Framing framing = WatchSocket.Framing.of(offered, events.writer().text());
    try {
      WebSocketHandshake.accept(
          exchange.request,
          exchange.response,
          framing.subprotocol(offered),
          socket -> new WatchSocket(socket, events, framing).send(feed));
    } catch (StatusException e) {
      feed.close();
      throw e;
    }
  }

  /**
   * The name in the path of an old watch on one object, {@code /watch/…/NAME}. Of a watch on a
   * collection the parser takes the name from the field selector, so that they are the same.
   */
  private static String legacyName(Exchange exchange, Selection selection) {
    String name = exchange.info().name();
    if (!name.isEmpty() && !selection.name().orElse(name).equals(name)) {
      throw Status.badRequest("fieldSelector metadata.name doesn't match requested name")
          .asException();
    }
    return selection.name().isPresent() ? "" : name;
  }

  private static Selection selection(KindSchema kind, ListQuery query) {
    return Selection.parse(kind, query.labelSelector(), query.fieldSelector());
  }

  private static View view(Exchange exchange, KindSchema kind) {
    String namespace = exchange.info().namespace();
    return exchange.allClusters()
        ? View.ofAll(kind, namespace)
        : View.of(kind, exchange.logicalCluster(), namespace);
  }

  private Format format(Exchange exchange, KindSchema kind) {
    return Format.choose(
        exchange.header("Accept"),
        forms.ofObjects(kind, exchange.allClusters()),
        exchange.pretty());
  }

  private ObjectWriter writer(Exchange exchange, KindSchema kind, Format format) {
    return forms.writer(
        kind, format, exchange.query().text("includeObject"), exchange.allClusters());
  }
}
