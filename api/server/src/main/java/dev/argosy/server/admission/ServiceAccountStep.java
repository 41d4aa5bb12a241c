package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every pod runs as a service account, and finds that account's token in its file system unless
 * account or pod do not want it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Service
 *     accounts</a>
 */
public final class ServiceAccountStep implements AdmissionStep {

  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String VOLUME = "kube-api-access-";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int TOKEN_SECONDS = 3607;
  private static final int FILE_MODE = 0644;

  private final ObjectLookup lookup;
  private final RandomGenerator random;

  public ServiceAccountStep(ObjectLookup lookup, RandomGenerator random) {
    this.lookup = lookup;
    this.random = random;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() != Operation.CREATE || pod == null || !request.concerns("", "pods")) {
      return;
    }
    if (!(pod.get("spec") instanceof ObjectNode spec) || mirror(pod)) {
      return;
    }
    String name = spec.path("serviceAccountName").asString("");
    if (name.isEmpty()) {
      name = spec.path("serviceAccount").asString("default");
      spec.put("serviceAccountName", name.isEmpty() ? "default" : name);
    }
    spec.put("serviceAccount", spec.path("serviceAccountName").asString(""));
    ApiObject account = account(request.target(), spec.path("serviceAccountName").asString(""));
    ObjectNode tree = account.tree();
    if (automount(spec, tree)) {
      mountToken(spec);
    }
    if (spec.path("imagePullSecrets").isEmpty() && !tree.path("imagePullSecrets").isEmpty()) {
      spec.set("imagePullSecrets", tree.get("imagePullSecrets"));
    }
  }

  /** A pod that a node's own files describe; it has no account. */
  private static boolean mirror(ObjectNode pod) {
    return pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror");
  }

  private ApiObject account(AdmissionRequest.Target target, String name) {
    Optional<ApiObject> account =
        lookup.find(new ObjectKey(ACCOUNTS, target.cluster(), target.namespace(), name));
    return account.orElseThrow(() ->
        Status.forbidden(
                target.type().groupResource(),
                target.name(),
                "error looking up service account "
                    + target.namespace()
                    + "/"
                    + name
                    + ": serviceaccount \""
                    + name
                    + "\" not found")
            .asException());
  }

  private static boolean automount(ObjectNode spec, ObjectNode account) {
    JsonNode pods = spec.path("automountServiceAccountToken");
    return pods.isBoolean()
        ? pods.asBoolean()
        : account.path("automountServiceAccountToken").asBoolean(true);
  }

  private void mountToken(ObjectNode spec) {
    String volume = volumeName(spec);
    boolean used = false;
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : spec.path(list)) {
        used |= mount((ObjectNode) container, volume);
      }
    }
    if (used && !hasVolume(spec, volume)) {
      array(spec, "volumes").add(volume(volume));
    }
  }

  /** The volume that is there already, if this step ran before; else a new name. */
  private String volumeName(ObjectNode spec) {
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("name").asString("");
      if (name.startsWith(VOLUME)) {
        return name;
      }
    }
    StringBuilder name = new StringBuilder(VOLUME);
    for (int i = 0; i < 5; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return name.toString();
  }

  private static boolean hasVolume(ObjectNode spec, String name) {
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.path("name").asString("").equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mount(ObjectNode container, String volume) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asString("").equals(MOUNT)) {
        return mount.path("name").asString("").equals(volume);
      }
    }
    array(container, "volumeMounts")
        .addObject()
        .put("name", volume)
        .put("readOnly", true)
        .put("mountPath", MOUNT);
    return true;
  }

  private static ObjectNode volume(String name) {
    ObjectNode volume = Json.object().put("name", name);
    ObjectNode projected = volume.putObject("projected").put("defaultMode", FILE_MODE);
    ArrayNode sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    ObjectNode ca = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    ca.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    ObjectNode namespace = Json.object().put("path", "namespace");
    namespace.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    sources.addObject().putObject("downwardAPI").putArray("items").add(namespace);
    return volume;
  }

  private static ArrayNode array(ObjectNode object, String field) {
    @Nullable JsonNode found = object.get(field);
    return found instanceof ArrayNode array ? array : object.putArray(field);
  }
}
