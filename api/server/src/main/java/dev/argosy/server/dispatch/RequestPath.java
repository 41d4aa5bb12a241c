package dev.argosy.server.dispatch;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.RequestParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps that every request from outside takes, in this order. What comes after the last one
 * (decode, admit, default, validate, keep) is the handlers' and the registry's.
 */
final class RequestPath {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final Identification identification;
  private final Auditing auditing;
  private final Impersonation impersonation;
  private final Seating seating;
  private final Gate gate;
  private final List<PathMount> mounts;
  private final Handlers handlers;

  /** Who asks. */
  record Asking(Identification identification, Auditing auditing, Impersonation impersonation) {}

  /** Who answers what. */
  record Handlers(Handler resources, Handler paths) {}

  RequestPath(
      Asking asking, Seating seating, Gate gate, List<PathMount> mounts, Handlers handlers) {
    this.identification = asking.identification;
    this.auditing = asking.auditing;
    this.impersonation = asking.impersonation;
    this.seating = seating;
    this.gate = gate;
    this.mounts = List.copyOf(mounts);
    this.handlers = handlers;
  }

  void handle(Exchange exchange) throws IOException {
    route(exchange);
    Optional<PathMount> mount = mount(exchange);
    boolean conversation = LongRunning.conversation(exchange.info(), mount);
    if (conversation || LongRunning.watch(exchange.info())) {
      serve(exchange, mount, conversation);
      return;
    }
    Deadline deadline = seating.deadlines().begin(exchange.query().timeout());
    exchange.due(deadline);
    deadline.during(() -> {
      serve(exchange, mount, LongRunning.probe(exchange.info()));
      return deadline;
    });
  }

  /** The exchange is over, answered or refused. */
  void ended(Exchange exchange) {
    seating.deadlines().ended(exchange.deadline());
  }

  /**
   * The steps behind routing.
   *
   * @param free whether it needs no seat
   */
  private void serve(Exchange exchange, Optional<PathMount> mount, boolean free)
      throws IOException {
    try {
      if (mount.isEmpty() || !mount.get().open()) {
        identification.identify(exchange);
        auditing.begin(exchange);
        impersonation.apply(exchange);
        Attributes asked = attributes(exchange);
        if (!free) {
          seating.take(exchange, asked);
        }
        exchange.passed(new GatedReads.Passed(asked, gate.authorize(asked, exchange.audit())));
        locate(exchange);
        Seating.tell(exchange);
      }
      answer(exchange, mount);
    } finally {
      exchange.leaveSeat();
    }
  }

  private void answer(Exchange exchange, Optional<PathMount> mount) throws IOException {
    if (mount.isPresent()) {
      mount
          .get()
          .handler()
          .handle(
              exchange.info(),
              exchange.cluster(),
              exchange.user(),
              exchange.request,
              exchange.response);
    } else if (exchange.info().resourceRequest()) {
      handlers.resources().answer(exchange);
    } else {
      handlers.paths().answer(exchange);
    }
  }

  private static void route(Exchange exchange) {
    String raw = exchange.request.getQueryString();
    QueryParams query = QueryParams.parse(raw == null ? "" : raw);
    exchange.routed(
        RequestParser.parse(exchange.request.getMethod(), exchange.request.getRequestURI(), query),
        query);
  }

  private Optional<PathMount> mount(Exchange exchange) {
    if (exchange.info().resourceRequest()) {
      return Optional.empty();
    }
    return mounts.stream().filter(m -> m.covers(exchange.info().path())).findFirst();
  }

  /** What the authorizer is asked, and what the audit trail keeps. */
  static Attributes attributes(Exchange exchange) {
    RequestInfo info = exchange.info();
    boolean aNamespace = new GroupResource(info.group(), info.resource()).equals(NAMESPACES);
    return new Attributes(
        exchange.user(),
        exchange.cluster(),
        info.verb(),
        info.group(),
        info.version(),
        info.resource(),
        info.subresource(),
        aNamespace ? info.name() : info.namespace(),
        info.name(),
        info.path());
  }

  private void locate(Exchange exchange) {
    if (exchange.allClusters()) {
      if (exchange.info().resourceRequest()) {
        Gate.requireWildcardVerb(exchange.info().verb());
      }
      exchange.located(new LogicalCluster("*", "", Phase.ACTIVE, Set.of()));
    } else {
      exchange.located(gate.locate(exchange.cluster()));
    }
  }
}
