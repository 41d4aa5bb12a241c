package dev.argosy.server.dispatch;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Subresource;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.registry.Warnings;
import dev.argosy.server.registry.Write;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.WriteQuery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Begins the conversations that subresources are: admits them, then hands them over. */
final class Conversations {

  private final Map<String, Connector> connectors;
  private final Registry registry;

  /**
   * Conversations.
   *
   * @param connectors by "resource/subresource", such as {@code pods/exec}
   */
  Conversations(Map<String, Connector> connectors, Registry registry) {
    this.connectors = Map.copyOf(connectors);
    this.registry = registry;
  }

  /** Whether the request's subresource is a conversation; if so it was served. */
  boolean serve(Exchange exchange, KindSchema kind) throws IOException {
    RequestInfo info = exchange.info();
    @Nullable Connector connector =
        connectors.get(kind.type().groupResource() + "/" + info.subresource());
    if (connector == null) {
      return false;
    }
    Optional<Subresource> body = body(kind, info.subresource());
    if (body.isPresent()) {
      admit(exchange, kind, body.get());
    }
    exchange.request.setAttribute(Connector.NOTES, exchange.audit());
    connector.connect(
        info, exchange.cluster(), exchange.user(), exchange.request, exchange.response);
    return true;
  }

  /** Those that are connected to have options of a kind; logs are only read. */
  private static Optional<Subresource> body(KindSchema kind, String name) {
    return kind.subresources().stream()
        .filter(s -> s.name().equals(name) && s.kind().endsWith("Options"))
        .findFirst();
  }

  private void admit(Exchange exchange, KindSchema kind, Subresource body) {
    RequestInfo info = exchange.info();
    Write write =
        new Write(
            exchange.user(),
            kind,
            exchange.cluster(),
            info.namespace(),
            info.name(),
            info.subresource(),
            WriteQuery.DEFAULT,
            new Warnings(),
            exchange.audit());
    registry.connect(write, options(exchange, body));
  }

  /** What follows the subresource, rooted. */
  private static String path(RequestInfo info) {
    String end = info.path().endsWith("/") && !info.subpath().endsWith("/") ? "/" : "";
    return info.subpath().isEmpty() ? end : "/" + info.subpath() + end;
  }

  /** What the query says, as the object that admission sees. */
  private static ObjectNode options(Exchange exchange, Subresource body) {
    ObjectNode options = Json.object().put("kind", body.kind());
    options.put(
        "apiVersion",
        body.group().isEmpty() ? body.version() : body.group() + "/" + body.version());
    for (String flag : List.of("stdin", "stdout", "stderr", "tty")) {
      if (exchange.query().flag(flag)) {
        options.put(flag, true);
      }
    }
    for (String text : List.of("container")) {
      if (!exchange.query().text(text).isEmpty()) {
        options.put(text, exchange.query().text(text));
      }
    }
    if (exchange.info().subresource().equals("proxy")) {
      options.put("path", path(exchange.info()));
    }
    List<String> command = exchange.query().all("command");
    if (!command.isEmpty()) {
      ArrayNode words = options.putArray("command");
      command.forEach(words::add);
    }
    return options;
  }
}
