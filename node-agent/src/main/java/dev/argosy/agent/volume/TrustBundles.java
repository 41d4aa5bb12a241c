package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.volume.credential.PemCertificates;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Certificates of authorities by the name of a bundle, or by signer and labels; each once, in an
 * order that says nothing.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/projected-volumes/#clustertrustbundle">clusterTrustBundle
 *     projected volumes</a>
 */
final class TrustBundles {

  private final ConfigSource source;

  TrustBundles(ConfigSource source) {
    this.source = source;
  }

  /** What one projection asks for; nothing if there is none and that is fine. */
  byte[] of(ObjectKey pod, JsonNode projection) throws ConfigFailure {
    List<ApiObject> found = found(pod, projection);
    if (found.isEmpty() && !projection.path("optional").asBoolean(false)) {
      throw new ConfigFailure(missing(projection));
    }
    TreeSet<String> anchors = new TreeSet<>();
    for (ApiObject bundle : found) {
      anchors.addAll(PemCertificates.read(bundle.text("spec", "trustBundle")));
    }
    return PemCertificates.write(anchors).getBytes(StandardCharsets.UTF_8);
  }

  /** Without a selector a signer's bundles are none; an empty one takes them all. */
  private List<ApiObject> found(ObjectKey pod, JsonNode projection) throws ConfigFailure {
    String name = projection.path("name").asString("");
    if (!name.isEmpty()) {
      return source.trustBundle(pod, name).stream().toList();
    }
    JsonNode selector = projection.path("labelSelector");
    if (!selector.isObject()) {
      return List.of();
    }
    LabelSelector labels = LabelSelector.ofObject(selector);
    String signer = projection.path("signerName").asString("");
    return source.trustBundles(pod, signer).stream()
        .filter(bundle -> bundle.text("spec", "signerName").equals(signer))
        .filter(bundle -> labels.matches(bundle.meta().labels()))
        .toList();
  }

  private static String missing(JsonNode projection) {
    String name = projection.path("name").asString("");
    return name.isEmpty()
        ? "no ClusterTrustBundle of signer \""
            + projection.path("signerName").asString("")
            + "\" matches"
        : "clustertrustbundle \"" + name + "\" not found";
  }
}
