package dev.argosy.server.dispatch;

import dev.argosy.server.discovery.Discovery;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.RequestParser;
import java.io.IOException;

/** Answers paths that are no resources. */
final class PathsHandler implements Handler {

  private final Discovery discovery;
  private final KindTables kinds;

  PathsHandler(Discovery discovery, KindTables kinds) {
    this.discovery = discovery;
    this.kinds = kinds;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    String verb = exchange.info().verb();
    if (!verb.equals("get") && !verb.equals("head")) {
      throw ResourceHandler.methodNotAllowed().asException();
    }
    boolean answered =
        discovery.answer(
            exchange.info().path(),
            () -> kinds.of(exchange.cluster()),
            exchange.pretty(),
            exchange.request,
            exchange.response);
    if (!answered) {
      throw RequestParser.notFound().asException();
    }
  }
}
