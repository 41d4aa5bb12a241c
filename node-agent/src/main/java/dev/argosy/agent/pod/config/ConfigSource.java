package dev.argosy.agent.pod.config;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads config maps, secrets and service-account tokens for the pods of this node. */
public final class ConfigSource {

  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final GroupResource TRUST_BUNDLES =
      new GroupResource("certificates.k8s.io", "clustertrustbundles");
  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  private static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");

  private final ApiClient api;
  private final Map<String, Map<String, String>> environments = new ConcurrentHashMap<>();

  public ConfigSource(ApiClient api) {
    this.api = api;
  }

  /** The entries of a config map; empty if there is none. */
  public Optional<Map<String, byte[]>> configMap(ObjectKey pod, String name) throws ConfigFailure {
    return get(CONFIG_MAPS, pod, name).map(o -> entries(o.tree(), "binaryData", "data"));
  }

  /** The services beside a pod. */
  List<JsonNode> services(ObjectKey pod) throws ConfigFailure {
    ResourceScope scope = ResourceScope.namespace(SERVICES, pod.cluster(), pod.namespace());
    return switch (api.list(scope, ListOptions.EVERYTHING)) {
      case ApiResult.Ok<ObjectList>(ObjectList page) ->
          page.items().stream().<JsonNode>map(ApiObject::tree).toList();
      case ApiResult.Refused<ObjectList>(Status s) -> throw failure(s);
    };
  }

  private static ConfigFailure failure(Status status) {
    boolean away =
        switch (status.reason()) {
          case SERVICE_UNAVAILABLE, TIMEOUT, SERVER_TIMEOUT, INTERNAL_ERROR, TOO_MANY_REQUESTS ->
              true;
          default -> false;
        };
    return away ? new ServerAway(status.message()) : new ConfigFailure(status.message());
  }

  /** Keeps a container's environment, for when the server cannot be asked. */
  void remember(String container, Map<String, String> environment) {
    environments.put(container, environment);
  }

  /** The environment with which the container was begun before. */
  Optional<Map<String, String>> remembered(String container) {
    return Optional.ofNullable(environments.get(container));
  }

  /** The entries of a secret; empty if there is none. */
  public Optional<Map<String, byte[]>> secret(ObjectKey pod, String name) throws ConfigFailure {
    return get(SECRETS, pod, name).map(o -> entries(o.tree(), "data", "none"));
  }

  /** A volume claim; empty if there is none. */
  public Optional<ApiObject> claim(ObjectKey pod, String name) throws ConfigFailure {
    return get(CLAIMS, pod, name);
  }

  /** A volume of the pod's cluster; empty if there is none. */
  public Optional<ApiObject> volume(ObjectKey pod, String name) throws ConfigFailure {
    return get(new ObjectKey(VOLUMES, pod.cluster(), "", name));
  }

  /** A trust bundle of the pod's cluster; empty if there is none. */
  public Optional<ApiObject> trustBundle(ObjectKey pod, String name) throws ConfigFailure {
    return get(new ObjectKey(TRUST_BUNDLES, pod.cluster(), "", name));
  }

  /** A signer's trust bundles in the pod's cluster. */
  public List<ApiObject> trustBundles(ObjectKey pod, String signer) throws ConfigFailure {
    ResourceScope scope = ResourceScope.cluster(TRUST_BUNDLES, pod.cluster());
    return switch (api.list(scope, ListOptions.fields("spec.signerName=" + signer))) {
      case ApiResult.Ok<ObjectList>(ObjectList page) -> page.items();
      case ApiResult.Refused<ObjectList>(Status s) when s.reason() == Reason.NOT_FOUND -> List.of();
      case ApiResult.Refused<ObjectList>(Status s) -> throw failure(s);
    };
  }

  private Optional<ApiObject> get(GroupResource resource, ObjectKey pod, String name)
      throws ConfigFailure {
    return get(new ObjectKey(resource, pod.cluster(), pod.namespace(), name));
  }

  private Optional<ApiObject> get(ObjectKey key) throws ConfigFailure {
    return switch (api.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> Optional.of(object);
      case ApiResult.Refused<ApiObject>(Status s) when s.reason() == Reason.NOT_FOUND ->
          Optional.empty();
      case ApiResult.Refused<ApiObject>(Status s) -> throw failure(s);
    };
  }

  private static Map<String, byte[]> entries(ObjectNode object, String encoded, String plain) {
    Map<String, byte[]> entries = new TreeMap<>();
    object
        .path(encoded)
        .properties()
        .forEach(e -> entries.put(e.getKey(), Base64.getDecoder().decode(text(e.getValue()))));
    object
        .path(plain)
        .properties()
        .forEach(e -> entries.put(e.getKey(), text(e.getValue()).getBytes(StandardCharsets.UTF_8)));
    return entries;
  }

  private static String text(JsonNode value) {
    return value.asString("");
  }

  /** A token of the pod's service account that ends with the pod. */
  public String token(ObjectKey pod, String podUid, String account, String audience, long seconds)
      throws ConfigFailure {
    ObjectNode request = Json.object();
    request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    ObjectNode spec = request.putObject("spec");
    if (!audience.isEmpty()) {
      spec.putArray("audiences").add(audience);
    } else {
      spec.putArray("audiences");
    }
    spec.put("expirationSeconds", seconds);
    spec.putObject("boundObjectRef")
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", pod.name())
        .put("uid", podUid);
    ObjectKey key = new ObjectKey(SERVICE_ACCOUNTS, pod.cluster(), pod.namespace(), account);
    return switch (api.post(key, "token", request)) {
      case ApiResult.Ok<ObjectNode>(ObjectNode answer) ->
          answer.path("status").path("token").asString("");
      case ApiResult.Refused<ObjectNode>(Status s) ->
          throw new ConfigFailure("failed to fetch token: " + s.message());
    };
  }
}
