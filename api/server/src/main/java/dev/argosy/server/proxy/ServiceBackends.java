package dev.argosy.server.proxy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.dial.PodDialer;
import dev.argosy.server.dial.ServiceEndpoints;
import dev.argosy.server.dial.ServiceEndpoints.Endpoint;
import dev.argosy.server.request.RequestInfo;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One of the ready pods behind a service; nothing else is reached this way. */
final class ServiceBackends implements Backends {

  private static final GroupResource SERVICES = new GroupResource("", "services");

  private final ServiceEndpoints endpoints;
  private final PodDialer dialer;

  ServiceBackends(ServiceEndpoints endpoints, PodDialer dialer) {
    this.endpoints = endpoints;
    this.dialer = dialer;
  }

  @Override
  public Backend find(RequestInfo info, String cluster) {
    ProxyName name = ProxyName.parse(info.name(), "service");
    ApiObject service =
        endpoints
            .service(cluster, info.namespace(), name.name())
            .orElseThrow(() -> Status.notFound(SERVICES, name.name()).asException());
    List<Endpoint> ready =
        endpoints.ready(cluster, info.namespace(), name.name(), portName(name, service));
    Collections.shuffle(ready);
    for (Endpoint endpoint : ready) {
      Optional<ApiObject> pod =
          endpoint.pod().isEmpty()
              ? Optional.empty()
              : endpoints.pod(cluster, info.namespace(), endpoint.pod());
      if (pod.isPresent()) {
        return new Backend(
            dialer, pod.get(), name.secure(), endpoint.address(), OptionalInt.of(endpoint.port()));
      }
    }
    throw unavailable("no endpoints available for service \"" + info.name() + "\"");
  }

  private static String portName(ProxyName name, ApiObject service) {
    if (!name.numbered()) {
      return name.port();
    }
    return ServiceEndpoints.portName(service.tree().path("spec"), Long.parseLong(name.port()))
        .orElseThrow(() ->
            unavailable(
                "no service port " + name.port() + " found for service \"" + name.name() + "\""));
  }

  private static StatusException unavailable(String why) {
    return Status.of(Reason.SERVICE_UNAVAILABLE, why).asException();
  }
}
