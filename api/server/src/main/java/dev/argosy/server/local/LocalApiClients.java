package dev.argosy.server.local;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import dev.argosy.server.audit.Auditor;
import dev.argosy.server.connect.LogReader;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.connect.RemoteObjects;
import dev.argosy.server.dispatch.Gate;
import dev.argosy.server.dispatch.GatedReads;
import dev.argosy.server.list.Lister;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.server.tenant.Founding;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Gives clients that go straight into this server. */
public final class LocalApiClients implements ApiClients {

  /**
   * What the clients work on.
   *
   * @param mounts paths that are no resources; documents among them can be read
   */
  public record Parts(
      KindTables kinds,
      Gate gate,
      Registry registry,
      Lister lister,
      GatedReads gated,
      LogReader logs,
      RemoteObjects remote,
      List<PathMount> mounts,
      Auditor audit,
      Clock clock) {}

  private final Parts parts;
  private final Optional<Fence> fence;

  public LocalApiClients(Parts parts) {
    this(parts, Optional.empty());
  }

  private LocalApiClients(Parts parts, Optional<Fence> fence) {
    this.parts = parts;
    this.fence = fence;
  }

  @Override
  public ApiClients behind(Fence wanted) {
    return new LocalApiClients(parts, Optional.of(wanted));
  }

  @Override
  public ApiClient as(UserInfo user) {
    return as(user, WriteQuery.DEFAULT);
  }

  /**
   * A client of one identity.
   *
   * @param way how it creates and replaces objects; patches say themselves
   */
  public ApiClient as(UserInfo user, WriteQuery way) {
    return new LocalApiClient(parts, new LocalCalls(parts, user, fence), user, way);
  }

  /** What makes namespaces whole, as one identity. */
  public Founding founding(UserInfo user) {
    return new LocalFounding(parts, user);
  }
}
