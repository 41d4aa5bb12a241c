package dev.argosy.server.aggregate;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.aggregate.remote.RemoteFetch;
import dev.argosy.server.aggregate.remote.RemoteFetch.Bounds;
import dev.argosy.server.aggregate.remote.RemoteFetch.Fetched;
import dev.argosy.server.dial.ServicePort;
import dev.argosy.store.cache.ResourceCaches;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether an API server is there: its service, a ready endpoint, an answer. Unlike Kubernetes', the
 * probe verifies the server's certificate, as every request will.
 */
final class Probe {

  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");

  private static final Bounds BOUNDS = new Bounds(1024 * 1024, Duration.ofSeconds(5));

  private final ResourceCaches caches;
  private final RemoteFetch fetch;

  Probe(ResourceCaches caches, RemoteFetch fetch) {
    this.caches = caches;
    this.fetch = fetch;
  }

  /** Looks, and asks; takes seconds if nobody answers. */
  Available ask(Registration registration) {
    ServicePort target = registration.server().service();
    Optional<ApiObject> service =
        caches
            .of(SERVICES)
            .snapshot()
            .get(new ObjectKey(SERVICES, target.cluster(), target.namespace(), target.service()));
    if (service.isEmpty()) {
      return Available.not("ServiceNotFound", shown(target) + " is not present");
    }
    return missing(target, service.get().tree().path("spec")).orElseGet(() -> answer(registration));
  }

  private static String shown(ServicePort target) {
    return "service/" + target.service() + " in \"" + target.namespace() + "\"";
  }

  /** What a service with an address of the cluster lacks. */
  private Optional<Available> missing(ServicePort target, JsonNode spec) {
    if (!spec.path("type").asString("ClusterIP").equals("ClusterIP")) {
      return Optional.empty();
    }
    Optional<String> port = portName(target, spec);
    if (port.isEmpty()) {
      return Optional.of(
          Available.not(
              "ServicePortError", shown(target) + " is not listening on port " + target.port()));
    }
    List<ApiObject> slices =
        caches
            .of(SLICES)
            .snapshot()
            .labelled(
                target.cluster(),
                target.namespace(),
                "kubernetes.io/service-name",
                target.service());
    if (slices.isEmpty()) {
      return Optional.of(
          Available.not("EndpointsNotFound", "cannot find endpointslices for " + shown(target)));
    }
    boolean ready = slices.stream().anyMatch(slice -> ready(slice.tree(), port.get()));
    return ready
        ? Optional.empty()
        : Optional.of(
            Available.not(
                "MissingEndpoints",
                "endpointslices for "
                    + shown(target)
                    + " have no addresses with port name \""
                    + port.get()
                    + "\""));
  }

  private static Optional<String> portName(ServicePort target, JsonNode spec) {
    for (JsonNode port : spec.path("ports")) {
      if (port.path("port").asInt(0) == target.port()) {
        return Optional.of(port.path("name").asString(""));
      }
    }
    return Optional.empty();
  }

  private static boolean ready(JsonNode slice, String portName) {
    boolean port = false;
    for (JsonNode candidate : slice.path("ports")) {
      port |= candidate.path("name").asString("").equals(portName) && candidate.has("port");
    }
    boolean endpoint = false;
    for (JsonNode candidate : slice.path("endpoints")) {
      endpoint |= candidate.path("conditions").path("ready").asBoolean(true);
    }
    return port && endpoint;
  }

  private Available answer(Registration registration) {
    String url = "https://" + registration.server().authority() + registration.path();
    try {
      Fetched answer =
          fetch.get(registration.server(), registration.path(), "application/json", "", BOUNDS);
      return answer.code() >= 200 && answer.code() < 300
          ? Available.passed()
          : failed(url, "bad status from " + url + ": " + answer.code());
    } catch (IOException e) {
      return failed(url, String.valueOf(e.getMessage()));
    }
  }

  private static Available failed(String url, String why) {
    return Available.not(
        "FailedDiscoveryCheck", "failing or missing response from " + url + ": " + why);
  }
}
