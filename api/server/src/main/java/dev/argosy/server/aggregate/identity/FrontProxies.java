package dev.argosy.server.aggregate.identity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.ObjectMeta;
import dev.argosy.server.pki.PkiFolder;
import dev.argosy.store.cache.ResourceCaches;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identities with which the server speaks to API servers of tenants, one for each logical
 * cluster. None of them means anything in another cluster, nor to this server: a tenant who leads a
 * connection on to another tenant's API server gains nothing by it.
 */
public final class FrontProxies {

  private static final Logger LOG = LoggerFactory.getLogger(FrontProxies.class);
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  /** How many clusters' authorities are kept; those of others are made again when asked for. */
  private static final int KEPT = 4096;

  private final byte[] secret;
  private final ResourceCaches caches;
  private final Clock clock;
  private final Map<String, FrontProxy> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FrontProxy> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * Identities that follow from a key.
   *
   * @param key on an elliptic curve; the platform's secret for this and nothing else
   * @throws IllegalArgumentException for another kind of key
   */
  public FrontProxies(PrivateKey key, ResourceCaches caches, Clock clock) {
    if (!(key instanceof ECPrivateKey elliptic)) {
      throw new IllegalArgumentException("the key of the front proxy must be an elliptic one");
    }
    this.secret = elliptic.getS().toByteArray();
    this.caches = caches;
    this.clock = clock;
  }

  /** Those of the folder; empty if it has no key for them. */
  public static Optional<FrontProxies> of(PkiFolder pki, ResourceCaches caches, Clock clock) {
    if (!pki.hasFrontProxyKey()) {
      LOG.warn("no front-proxy.key in {}: API servers of tenants are told nobody's name", pki);
      return Optional.empty();
    }
    return Optional.of(new FrontProxies(pki.frontProxyKey(), caches, clock));
  }

  /** The one of a cluster; empty for a cluster that is not there, or not yet, or no more. */
  public Optional<FrontProxy> of(String cluster) {
    Optional<ObjectMeta> home =
        caches
            .of(NAMESPACES)
            .snapshot()
            .get(new ObjectKey(NAMESPACES, cluster, "", FrontProxy.HOME))
            .map(ApiObject::meta)
            .filter(meta -> !meta.deleting());
    return home.map(meta -> known(cluster, meta));
  }

  private FrontProxy known(String cluster, ObjectMeta home) {
    synchronized (known) {
      FrontProxy before = known.get(cluster);
      if (before != null && before.uid().equals(home.uid())) {
        return before;
      }
    }
    FrontProxy made = FrontProxy.of(secret, cluster, home, clock);
    synchronized (known) {
      @Nullable FrontProxy raced = known.get(cluster);
      if (raced != null && raced.uid().equals(home.uid())) {
        return raced;
      }
      known.put(cluster, made);
      return made;
    }
  }
}
