package dev.argosy.server.dispatch;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.access.Authenticator;
import dev.argosy.server.answer.AnswerForms;
import dev.argosy.server.audit.Auditor;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.deadline.Deadlines;
import dev.argosy.server.discovery.Discovery;
import dev.argosy.server.flowcontrol.FlowControl;
import dev.argosy.server.list.Lister;
import dev.argosy.server.metrics.RequestMetrics;
import dev.argosy.server.metrics.WatchMetrics;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.request.BodyReader;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What the servlet is made of.
 *
 * @param connectors by "resource/subresource", such as {@code pods/exec}
 */
public record ServletParts(
    Authenticator authenticator,
    Gate gate,
    FlowControl flow,
    Deadlines deadlines,
    KindTables kinds,
    RemotePaths remotes,
    Registry registry,
    Lister lister,
    GatedReads gated,
    BodyReader bodies,
    Map<String, Connector> connectors,
    List<PathMount> mounts,
    Discovery discovery,
    Observers observers,
    AnswerForms forms,
    Clock clock) {

  /** Who takes note of requests. */
  public record Observers(
      Auditor audit, RequestMetrics metrics, InFlight inFlight, Metrics registry) {}

  /** Puts the parts together. */
  public ApiServlet servlet() {
    Auditing auditing = new Auditing(observers.audit(), clock);
    ReadHandler reads =
        new ReadHandler(lister, gated, forms, new WatchMetrics(observers.registry()));
    WriteHandler writes = new WriteHandler(registry, lister, bodies, forms);
    ResourceHandler resources =
        new ResourceHandler(
            kinds,
            remotes,
            new Conversations(connectors, registry),
            reads,
            writes,
            observers.registry());
    RequestPath path =
        new RequestPath(
            new RequestPath.Asking(
                new Identification(authenticator), auditing, new Impersonation(gate)),
            new Seating(flow, deadlines, gate),
            gate,
            mounts,
            new RequestPath.Handlers(resources, new PathsHandler(discovery, kinds, remotes)));
    return new ApiServlet(path, auditing, observers, forms, clock);
  }
}
