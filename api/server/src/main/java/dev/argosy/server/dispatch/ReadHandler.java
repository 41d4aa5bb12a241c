package dev.argosy.server.dispatch;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.answer.Format.Shape;
import dev.argosy.server.answer.ListMeta;
import dev.argosy.server.answer.ObjectWriter;
import dev.argosy.server.list.Lister;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.WebSocketHandshake;
import dev.argosy.server.watch.WatchFeed;
import dev.argosy.server.watch.Watches;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;

/** Answers get, list and watch. */
final class ReadHandler {

  private static final Set<Shape> ALL_SHAPES = Set.of(Shape.TABLE, Shape.METADATA);

  private final Lister lister;
  private final Watches watches;
  private final Clock clock;

  ReadHandler(Lister lister, Watches watches, Clock clock) {
    this.lister = lister;
    this.watches = watches;
    this.clock = clock;
  }

  void object(Exchange exchange, KindSchema kind) throws IOException {
    switch (exchange.info().verb()) {
      case "get" -> get(exchange, kind);
      case "list" -> list(exchange, kind);
      case "watch" -> watch(exchange, kind);
      default -> throw ResourceHandler.methodNotAllowed().asException();
    }
  }

  /** Parts that are read: status shows the whole object, scale is made of it. */
  void subresource(Exchange exchange, KindSchema kind) throws IOException {
    if (exchange.info().subresource().equals("scale")) {
      Format format = Format.choose(exchange.header("Accept"), Set.of(), exchange.pretty());
      Answers.document(exchange.response, 200, format, Registry.scale(read(exchange, kind)));
    } else {
      get(exchange, kind);
    }
  }

  private ApiObject read(Exchange exchange, KindSchema kind) {
    RequestInfo info = exchange.info();
    View view = View.of(kind, exchange.logicalCluster(), info.namespace());
    return lister.get(view, info.name(), ListQuery.forGet(exchange.query()));
  }

  private void get(Exchange exchange, KindSchema kind) throws IOException {
    Format format = Format.choose(exchange.header("Accept"), ALL_SHAPES, exchange.pretty());
    ApiObject object = read(exchange, kind);
    Answers.send(
        exchange.response,
        200,
        format,
        exchange.takesGzip(),
        out -> writer(exchange, kind, format).object(object, out));
  }

  private void list(Exchange exchange, KindSchema kind) throws IOException {
    Format format = Format.choose(exchange.header("Accept"), ALL_SHAPES, exchange.pretty());
    ListQuery query = ListQuery.forList(exchange.query());
    Selection selection = Selection.parse(kind, query.labelSelector(), query.fieldSelector());
    Page page = lister.list(view(exchange, kind), selection, query);
    ListMeta meta = new ListMeta(page.revision(), page.continueToken(), page.remaining());
    Answers.send(
        exchange.response,
        200,
        format,
        exchange.takesGzip(),
        out ->
            writer(exchange, kind, format).list(meta, page.items(), exchange.allClusters(), out));
  }

  private void watch(Exchange exchange, KindSchema kind) throws IOException {
    Format format = Format.choose(exchange.header("Accept"), ALL_SHAPES, false);
    ListQuery query = ListQuery.forWatch(exchange.query()).named(legacyName(exchange));
    Selection selection = Selection.parse(kind, query.labelSelector(), query.fieldSelector());
    WatchFeed feed = watches.open(view(exchange, kind), selection, query);
    WatchLines lines =
        new WatchLines(writer(exchange, kind, format.json()), exchange.allClusters());
    if (WebSocketHandshake.wanted(exchange.request)) {
      watchBySocket(exchange, feed, lines);
    } else {
      try (feed) {
        new WatchResponse(exchange.response, lines).stream(feed);
      }
    }
  }

  private static void watchBySocket(Exchange exchange, WatchFeed feed, WatchLines lines)
      throws IOException {
    try {
      WebSocketHandshake.accept(
          exchange.request,
          exchange.response,
          "",
          socket -> new WatchSocket(socket, lines).send(feed));
    } catch (StatusException e) {
      feed.close();
      throw e;
    }
  }

  /** The old form of a watch on one object: {@code /watch/…/NAME}. */
  private static String legacyName(Exchange exchange) {
    boolean selected = exchange.query().text("fieldSelector").contains("metadata.name");
    return selected ? "" : exchange.info().name();
  }

  private static View view(Exchange exchange, KindSchema kind) {
    String namespace = exchange.info().namespace();
    return exchange.allClusters()
        ? View.ofAll(kind, namespace)
        : View.of(kind, exchange.logicalCluster(), namespace);
  }

  private ObjectWriter writer(Exchange exchange, KindSchema kind, Format format) {
    return new ObjectWriter(clock, kind, format, exchange.query().text("includeObject"));
  }
}
