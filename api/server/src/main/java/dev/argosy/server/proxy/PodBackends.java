package dev.argosy.server.proxy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.dial.PodDialer;
import dev.argosy.server.dial.ServiceEndpoints;
import dev.argosy.server.request.RequestInfo;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Pods, at a port by number or name; at their first port if none is said. */
final class PodBackends implements Backends {

  private static final GroupResource PODS = new GroupResource("", "pods");

  private final ServiceEndpoints objects;
  private final PodDialer dialer;

  PodBackends(ServiceEndpoints objects, PodDialer dialer) {
    this.objects = objects;
    this.dialer = dialer;
  }

  @Override
  public Backend find(RequestInfo info, String cluster) {
    ProxyName name = ProxyName.parse(info.name(), "pod");
    ApiObject pod =
        objects
            .pod(cluster, info.namespace(), name.name())
            .orElseThrow(() -> Status.notFound(PODS, name.name()).asException());
    JsonNode tree = pod.tree();
    OptionalInt port = port(name, tree.path("spec"));
    return new Backend(dialer, pod, name.secure(), address(tree.path("status")), port);
  }

  private static String address(JsonNode status) {
    String address = status.path("podIP").asString("");
    if (address.isEmpty()) {
      throw Status.badRequest("address not allowed").asException();
    }
    return address;
  }

  private static OptionalInt port(ProxyName name, JsonNode spec) {
    if (name.numbered()) {
      long number = Long.parseLong(name.port());
      if (number >= 1 && number <= 65535) {
        return OptionalInt.of((int) number);
      }
      throw Failures.unreachable("dial tcp: address " + name.port() + ": invalid port")
          .asException();
    }
    for (JsonNode container : spec.path("containers")) {
      for (JsonNode port : container.path("ports")) {
        if (name.port().isEmpty() || port.path("name").asString("").equals(name.port())) {
          return OptionalInt.of(port.path("containerPort").asInt(0));
        }
      }
    }
    if (name.port().isEmpty()) {
      return OptionalInt.empty();
    }
    throw Failures.unreachable("dial tcp: lookup tcp/" + name.port() + ": unknown port")
        .asException();
  }
}
