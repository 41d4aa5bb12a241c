package dev.argosy.server.dispatch;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.list.View;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.RequestParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers requests for resources: finds the kind, then the handler of verb and subresource. */
final class ResourceHandler implements Handler {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource BINDINGS = new GroupResource("", "bindings");

  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private static final Pattern REMOVED = Pattern.compile("unavailable in v(\\d+\\.\\d+)\\+");

  private final Metrics.Family<Metrics.Gauge> deprecations;
  private final KindTables kinds;
  private final Conversations conversations;
  private final ReadHandler reads;
  private final WriteHandler writes;
  private final RemotePaths remotes;

  ResourceHandler(
      KindTables kinds,
      RemotePaths remotes,
      Conversations conversations,
      ReadHandler reads,
      WriteHandler writes,
      Metrics metrics) {
    this.deprecations =
        metrics.gauge(
            "apiserver_requested_deprecated_apis",
            "1 for each deprecated version that was asked for.",
            "group",
            "version",
            "resource",
            "subresource",
            "removed_release");
    this.kinds = kinds;
    this.remotes = remotes;
    this.conversations = conversations;
    this.reads = reads;
    this.writes = writes;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    RequestInfo info = exchange.info();
    Optional<KindSchema> own =
        kinds.of(exchange.cluster()).find(info.group(), info.version(), info.resource());
    if (own.isEmpty() && !exchange.passed().reach().whole()) {
      throw RequestParser.notFound().asException(); // others know nothing of parts
    }
    if (own.isEmpty() && remotes.serve(exchange.asked(), exchange.request, exchange.response)) {
      return;
    }
    KindSchema kind =
        own.or(() -> kinds.find(exchange.cluster(), info.group(), info.version(), info.resource()))
            .orElseThrow(() -> RequestParser.notFound().asException());
    requirePlace(info, kind);
    kind.deprecationWarning().ifPresent(warning -> deprecated(exchange, warning));
    if (!info.subresource().isEmpty()) {
      subresource(exchange, kind);
      return;
    }
    if (!kind.type().verbs().contains(info.verb())) {
      throw Status.methodNotAllowed().asException();
    }
    if (WRITES.contains(info.verb())) {
      requireWritable(exchange, kind);
      write(exchange, kind);
    } else {
      reads.object(exchange, kind);
    }
  }

  private void deprecated(Exchange exchange, String warning) {
    WarningHeaders.add(exchange.response, List.of(warning));
    exchange.audit().note("k8s.io/deprecated", "true");
    Optional<String> removed = removedRelease(warning);
    removed.ifPresent(release -> exchange.audit().note("k8s.io/removed-release", release));
    RequestInfo info = exchange.info();
    deprecations
        .with(info.group(), info.version(), info.resource(), info.subresource(), removed.orElse(""))
        .set(1);
  }

  /** The warnings of built-in kinds name it. */
  private static Optional<String> removedRelease(String warning) {
    Matcher found = REMOVED.matcher(warning);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private void write(Exchange exchange, KindSchema kind) throws IOException {
    Optional<KindSchema> pods = kinds.of(exchange.cluster()).preferred(PODS);
    if (kind.type().groupResource().equals(BINDINGS) && pods.isPresent()) {
      writes.bind(exchange, pods.get());
    } else {
      writes.object(exchange, kind);
    }
  }

  private void subresource(Exchange exchange, KindSchema kind) throws IOException {
    RequestInfo info = exchange.info();
    if (!kind.type().subresources().contains(info.subresource())) {
      throw RequestParser.notFound().asException();
    }
    if (conversations.serve(exchange, kind)) {
      return;
    }
    requireVerb(info, kind);
    if (info.verb().equals("get")) {
      reads.subresource(exchange, kind);
    } else {
      requireWritable(exchange, kind);
      writes.subresource(exchange, kind);
    }
  }

  private static void requireVerb(RequestInfo info, KindSchema kind) {
    boolean served =
        kind.subresources().stream()
            .anyMatch(s -> s.name().equals(info.subresource()) && s.verbs().contains(info.verb()));
    if (!served) {
      throw Status.methodNotAllowed().asException();
    }
  }

  /** Objects of a namespaced resource are made and found in a namespace, others are not. */
  private static void requirePlace(RequestInfo info, KindSchema kind) {
    if (info.name().isEmpty() && Set.of("update", "patch").contains(info.verb())) {
      throw Status.methodNotAllowed().asException();
    }
    boolean named = !info.namespace().isEmpty();
    if (named && !kind.type().namespaced()) {
      throw RequestParser.notFound().asException();
    }
    if (!named
        && kind.type().namespaced()
        && Set.of("get", "update", "patch", "delete").contains(info.verb())) {
      throw RequestParser.notFound().asException();
    }
    boolean overAll = !named && kind.type().namespaced();
    if (overAll && Set.of("create", "deletecollection").contains(info.verb())) {
      throw Status.methodNotAllowed().asException();
    }
  }

  private static void requireWritable(Exchange exchange, KindSchema kind) {
    if (View.projects(kind.type().groupResource(), exchange.cluster())) {
      throw Status.forbidden(
              kind.type().groupResource(),
              exchange.info().name(),
              "nodes belong to the platform; a tenant sees those of its pools and cannot change them")
          .asException();
    }
  }
}
