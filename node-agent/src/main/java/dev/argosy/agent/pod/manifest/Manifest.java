package dev.argosy.agent.pod.manifest;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pod of one file, as the node runs it: named after the node, too, and with a uid that follows
 * from what the file says, so that a changed file is another pod, and the same one is known again
 * by the next agent.
 */
final class Manifest {

  static final String CLUSTER = "root";
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final String NAME = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
  private static final int LONGEST_NAME = 253;

  private Manifest() {}

  static PodView pod(String file, byte[] content, String node) throws ManifestFailure {
    JsonNode tree = read(content);
    JsonNode metadata = tree.path("metadata");
    String name = metadata.path("name").asString("") + "-" + node;
    String namespace = metadata.path("namespace").asString("default");
    check(tree, name, namespace);
    String uid = uid(file, content, node);
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode own = pod.putObject("metadata");
    own.put("name", name).put("namespace", namespace).put("uid", uid);
    if (metadata.path("labels").isObject()) {
      own.set("labels", metadata.path("labels"));
    }
    ObjectNode annotations = own.putObject("annotations");
    metadata
        .path("annotations")
        .properties()
        .forEach(a -> annotations.put(a.getKey(), a.getValue().asString("")));
    annotations.put(PodView.CONFIG_SOURCE, "file").put(PodView.CONFIG_HASH, uid);
    ObjectNode spec = (ObjectNode) tree.path("spec").deepCopy();
    spec.put("nodeName", node);
    spec.withArray("tolerations").addObject().put("operator", "Exists").put("effect", "NoExecute");
    pod.set("spec", spec);
    ObjectKey key = new ObjectKey(PODS, CLUSTER, namespace, name);
    return PodView.of(ApiObject.ofWire(key, 0, Json.mapper().writeValueAsBytes(pod)));
  }

  private static JsonNode read(byte[] content) throws ManifestFailure {
    try {
      Object plain =
          new Load(LoadSettings.builder().build())
              .loadFromString(new String(content, StandardCharsets.UTF_8));
      return Json.mapper().valueToTree(plain);
    } catch (YamlEngineException e) {
      throw new ManifestFailure("it is neither YAML nor JSON: " + e.getMessage());
    }
  }

  private static void check(JsonNode tree, String name, String namespace) throws ManifestFailure {
    require(
        tree.path("kind").asString("").equals("Pod")
            && tree.path("apiVersion").asString("").equals("v1"),
        "it is no Pod of v1");
    require(
        name.matches(NAME) && name.length() <= LONGEST_NAME && !name.startsWith("-"),
        "\"" + name + "\" is no name of a pod");
    require(namespace.matches(NAME), "\"" + namespace + "\" is no namespace");
    require(!tree.path("spec").path("containers").isEmpty(), "it has no containers");
    require(
        tree.path("spec").path("ephemeralContainers").isEmpty(),
        "static pods have no ephemeral containers");
    Set<String> names = new TreeSet<>();
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : tree.path("spec").path(list)) {
        String one = container.path("name").asString("");
        require(one.matches(NAME) && names.add(one), "a container needs a name of its own: " + one);
        require(
            !container.path("image").asString("").isEmpty(), "container " + one + " has no image");
      }
    }
  }

  private static void require(boolean holds, String otherwise) throws ManifestFailure {
    if (!holds) {
      throw new ManifestFailure(otherwise);
    }
  }

  private static String uid(String file, byte[] content, String node) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((node + "\n" + file + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(content)).substring(0, 32);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
