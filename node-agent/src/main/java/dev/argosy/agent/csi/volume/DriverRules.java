package dev.argosy.agent.csi.volume;

import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a CSIDriver says of a driver.
 *
 * @param there whether there is one; if not, the defaults count
 * @param modes {@code Persistent}, {@code Ephemeral}
 * @param tokens for which audiences the driver gets tokens of the pod's account
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/csi-driver-v1/">CSIDriver</a>
 */
record DriverRules(
    boolean there,
    boolean attaches,
    boolean podInfo,
    boolean republishes,
    String groupPolicy,
    List<String> modes,
    List<Token> tokens) {

  private static final GroupResource DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");
  private static final long HOUR = 3600;

  /** A token that the driver gets. */
  record Token(String audience, long seconds) {}

  DriverRules {
    modes = List.copyOf(modes);
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads them. A driver of the platform is described in the platform's own cluster, and no tenant
   * says otherwise; one that is not, by the tenant who uses it.
   */
  static DriverRules of(ApiClient api, String cluster, String driver) throws ConfigFailure {
    for (String where : List.of(NodeIdentity.ROOT, cluster)) {
      switch (api.get(new ObjectKey(DRIVERS, where, "", driver))) {
        case ApiResult.Ok<ApiObject>(ApiObject found) -> {
          return of(found.tree().path("spec"), true);
        }
        case ApiResult.Refused<ApiObject>(Status s) -> {
          if (s.reason() != Reason.NOT_FOUND) {
            throw new ConfigFailure("CSIDriver " + driver + ": " + s.message());
          }
        }
      }
    }
    return of(Json.object(), false);
  }

  static DriverRules of(JsonNode spec, boolean there) {
    List<String> modes = new ArrayList<>();
    spec.path("volumeLifecycleModes").forEach(mode -> modes.add(mode.asString("")));
    List<Token> tokens = new ArrayList<>();
    for (JsonNode request : spec.path("tokenRequests")) {
      tokens.add(
          new Token(
              request.path("audience").asString(""),
              request.path("expirationSeconds").asLong(HOUR)));
    }
    return new DriverRules(
        there,
        spec.path("attachRequired").asBoolean(true),
        spec.path("podInfoOnMount").asBoolean(false),
        spec.path("requiresRepublish").asBoolean(false),
        spec.path("fsGroupPolicy").asString("ReadWriteOnceWithFSType"),
        modes.isEmpty() ? List.of("Persistent") : modes,
        tokens);
  }

  /** Refuses what the driver does not do. */
  void check(CsiVolume volume) throws ConfigFailure {
    String mode = volume.inline() ? "Ephemeral" : "Persistent";
    if (modes.contains(mode)) {
      return;
    }
    String why = there ? "only supports " + modes : "no CSIDriver object";
    throw new ConfigFailure(
        "volume mode \"%s\" not supported by driver %s (%s)".formatted(mode, volume.driver(), why));
  }

  /** Whether the files of a volume are given to the pod's group by the node. */
  boolean grouped(CsiVolume volume) {
    boolean once =
        volume.accessModes().contains("ReadWriteOnce")
            || volume.accessModes().contains("ReadWriteOncePod");
    return switch (groupPolicy) {
      case "None" -> false;
      case "File" -> true;
      default -> once && !volume.fsType().isEmpty();
    };
  }
}
