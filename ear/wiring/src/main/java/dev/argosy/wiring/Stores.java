package dev.argosy.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.server.AccessLayer;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.store.cache.CacheLimits;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.RoutedCaches;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.seal.Sealing;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import java.time.Clock;
import java.util.Map;

/**
 * The two stores and their caches: the platform's own kinds in PostgreSQL, all others in etcd.
 *
 * @param router which store keeps a resource
 * @param sealing of what is encrypted in etcd
 */
record Stores(
    PlatformDatabase database,
    StoreRouter router,
    ResourceCaches caches,
    Sealing sealing,
    Plain plain) {

  /** The stores as they are, with sealed values sealed. */
  record Plain(EtcdStore etcd, ResourceStore platform) {}

  static Stores open(PlatformConfig config, Parts parts, Clock clock, Metrics metrics) {
    HikariDataSource connections =
        parts.add("Connection pool", ConnectionPool.open(config.database()));
    PlatformDatabase database =
        parts.add("Database", PlatformDatabase.open(connections, PlatformSchema.entities()));
    ResourceStore platform = parts.add("Platform store", AccessLayer.platformStore(database));
    EtcdStore plain = parts.add("etcd", new EtcdStore(config.etcd()));
    plain.currentRevision(); // fails now rather than in the middle of something
    SealSettings encryption = config.encryption();
    KeyService keys = parts.add("Key-encryption keys", encryption.keys(clock, metrics));
    Sealing sealing =
        parts.add(
            "Encryption at rest", Sealing.open(plain, keys, encryption.config(), clock).start());
    ResourceStore etcd = sealing.store();
    ResourceCaches caches =
        parts.add(
            "Watch caches",
            new RoutedCaches(
                Map.of(
                    AccessLayer.PLATFORM_GROUP,
                    new StoreCaches(platform, CacheLimits.DEFAULT, clock)),
                new StoreCaches(etcd, CacheLimits.DEFAULT, clock)));
    StoreRouter router =
        resource -> resource.group().equals(AccessLayer.PLATFORM_GROUP) ? platform : etcd;
    return new Stores(database, router, caches, sealing, new Plain(plain, platform));
  }
}
