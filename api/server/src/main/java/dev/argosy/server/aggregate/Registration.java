package dev.argosy.server.aggregate;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.aggregate.remote.RemoteServer;
import dev.argosy.server.dial.ServicePort;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An {@code APIService} that names a service.
 *
 * @param groupPriority how important the group is among all groups
 * @param versionPriority how important the version is in its group
 * @param available as its condition says
 */
record Registration(
    ObjectKey key,
    String group,
    String version,
    int groupPriority,
    int versionPriority,
    boolean available,
    RemoteServer server) {

  static final GroupResource RESOURCE = new GroupResource("apiregistration.k8s.io", "apiservices");

  private static final int HTTPS = 443;

  /** Reads an object; empty if it names no service. */
  static Optional<Registration> of(ApiObject object) {
    JsonNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    JsonNode service = spec.path("service");
    if (!service.isObject()) {
      return Optional.empty();
    }
    ServicePort port =
        new ServicePort(
            object.cluster(),
            service.path("namespace").asString(""),
            service.path("name").asString(""),
            service.path("port").asInt(HTTPS));
    return Optional.of(
        new Registration(
            object.key(),
            spec.path("group").asString(""),
            spec.path("version").asString(""),
            spec.path("groupPriorityMinimum").asInt(0),
            spec.path("versionPriority").asInt(0),
            Available.isTrue(tree),
            new RemoteServer(
                port,
                spec.path("caBundle").asString(""),
                spec.path("insecureSkipTLSVerify").asBoolean(false))));
  }

  String groupVersion() {
    return group + "/" + version;
  }

  /** The path of the discovery of its group version. */
  String path() {
    return "/apis/" + groupVersion();
  }
}
