package dev.argosy.server.tenant.serviceclient;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import java.util.List;
import java.util.function.Consumer;

/**
 * Names service clients that must be looked at: those that change, whose Member changes, and whose
 * tenant is suspended or resumed. Says nothing while these rest.
 */
public final class ClientWatch implements AutoCloseable {

  private final Source source;
  private final ClusterDirectory clusters;
  private final Consumer<String> due;
  private final List<CacheFollower> followers;
  private volatile boolean known;

  /** Where changes are heard of. */
  public record Source(ResourceCaches caches, TenantAccess tenants) {}

  ClientWatch(Source source, ClusterDirectory clusters, Consumer<String> due) {
    this.source = source;
    this.clusters = clusters;
    this.due = due;
    this.followers =
        List.of(
            new CacheFollower(source.caches().of(ServiceClient.RESOURCE), new Clients()),
            new CacheFollower(source.caches().of(Member.RESOURCE), new Members()));
  }

  void start() {
    source.tenants().onChange(this::tenantChanged);
    followers.forEach(CacheFollower::start);
  }

  @Override
  public void close() {
    followers.forEach(CacheFollower::close);
  }

  /** Also heard when members change, which concerns nobody here. */
  private void tenantChanged(String tenant) {
    if (!known) {
      return; // all will be named
    }
    CacheSnapshot all = source.caches().of(ServiceClient.RESOURCE).snapshot();
    Iterable<ApiObject> concerned =
        tenant.equals(RightsHistory.EVERYWHERE)
            ? all.list(ClusterDirectory.ROOT, "")
            : all.labelled(ClusterDirectory.ROOT, "", ServiceClientKind.TENANT, tenant);
    for (ApiObject object : concerned) {
      boolean told = ClientStatus.reason(object.tree()).equals(Standing.SUSPENDED.reason());
      String of = object.tree().at("/spec/tenant").asString("");
      boolean active =
          clusters.find(of).map(LogicalCluster::phase).filter(Phase.ACTIVE::equals).isPresent();
      if (told == active) {
        due.accept(object.name());
      }
    }
  }

  private final class Clients implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      known = true;
      state.list(ClusterDirectory.ROOT, "").forEach(object -> due.accept(object.name()));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.stream()
          .filter(event -> event.type() != CacheEvent.Type.DELETED)
          .forEach(event -> due.accept(event.object().name()));
    }
  }

  /** What other people do with the Members is undone. */
  private final class Members implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {}

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        String of = ServedMember.nameOf(event.object().tree());
        if (!of.isEmpty()) {
          due.accept(of);
        }
      }
    }
  }
}
