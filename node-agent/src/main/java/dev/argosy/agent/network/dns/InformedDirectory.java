package dev.argosy.agent.network.dns;

import dev.argosy.agent.network.service.ServiceProxy;
import dev.argosy.agent.network.service.ServiceView;
import dev.argosy.agent.network.service.SliceView;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Optional;

/** The services as the informers of the service proxy know them. */
public final class InformedDirectory implements ServiceDirectory {

  private static final GroupResource SERVICES = new GroupResource("", "services");

  private final Informer<ServiceView> services;
  private final Informer<SliceView> slices;

  public InformedDirectory(Informers informers) {
    this.services = informers.of(ServiceProxy.SERVICES);
    this.slices = informers.of(ServiceProxy.SLICES);
  }

  @Override
  public Optional<ServiceView> service(String cluster, String namespace, String name) {
    return services.get(new ObjectKey(SERVICES, cluster, namespace, name));
  }

  @Override
  public List<SliceView> slices(String cluster, String namespace, String service) {
    return slices.find(ServiceProxy.BY_SERVICE, SliceView.serviceId(cluster, namespace, service));
  }
}
