package dev.argosy.server.dispatch;

import dev.argosy.model.status.Status;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.discovery.Discovery;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.RequestParser;
import java.io.IOException;

/** Answers paths that are no resources. */
final class PathsHandler implements Handler {

  private final Discovery discovery;
  private final KindTables kinds;
  private final RemotePaths remotes;

  PathsHandler(Discovery discovery, KindTables kinds, RemotePaths remotes) {
    this.discovery = discovery;
    this.kinds = kinds;
    this.remotes = remotes;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    if (remotes.serve(exchange.asked(), exchange.request, exchange.response)) {
      return;
    }
    String verb = exchange.info().verb();
    if (!verb.equals("get") && !verb.equals("head")) {
      throw Status.methodNotAllowed().asException();
    }
    boolean answered =
        discovery.answer(
            exchange.info().path(),
            new Discovery.Served(exchange.cluster(), () -> kinds.of(exchange.cluster())),
            exchange.pretty(),
            exchange.request,
            exchange.response);
    if (!answered) {
      throw RequestParser.notFound().asException();
    }
  }
}
