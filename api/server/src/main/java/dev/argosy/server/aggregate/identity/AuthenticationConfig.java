package dev.argosy.server.aggregate.identity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.preset.Presets;
import java.util.List;
import java.util.Optional;

/**
 * The ConfigMap {@code kube-system/extension-apiserver-authentication} of every cluster: whom the
 * cluster's own API servers should believe. Kubernetes' libraries read and follow it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/">Configure
 *     the aggregation layer</a>
 */
public final class AuthenticationConfig implements Presets {

  private static final GroupResource RESOURCE = new GroupResource("", "configmaps");

  private final FrontProxies proxies;

  public AuthenticationConfig(FrontProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public List<ApiObject> of(GroupResource resource, String cluster, String namespace) {
    boolean shown =
        resource.equals(RESOURCE) && (namespace.isEmpty() || namespace.equals(FrontProxy.HOME));
    return shown ? proxies.of(cluster).map(FrontProxy::configMap).stream().toList() : List.of();
  }

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    return key.name().equals(FrontProxy.CONFIG) ? Presets.super.find(key) : Optional.empty();
  }
}
