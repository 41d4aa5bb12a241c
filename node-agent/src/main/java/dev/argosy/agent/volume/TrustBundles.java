package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END CERTIFICATE-----");

  private final ConfigSource source;

  TrustBundles(ConfigSource source) {
    this.source = source;
  }

  /** What one projection asks for; nothing if there is none and that is fine. */
  byte[] of(ObjectKey pod, JsonNode projection) throws ConfigFailure {
    List<ApiObject> found =
        source.trustBundles(pod).stream().filter(bundle -> matches(bundle, projection)).toList();
    if (found.isEmpty() && !projection.path("optional").asBoolean(false)) {
      String name = projection.path("name").asString("");
      throw new ConfigFailure(
          name.isEmpty()
              ? "no ClusterTrustBundle of signer \""
                  + projection.path("signerName").asString("")
                  + "\" matches"
              : "clustertrustbundle \"" + name + "\" not found");
    }
    TreeSet<String> anchors = new TreeSet<>();
    for (ApiObject bundle : found) {
      Matcher each =
          CERTIFICATE.matcher(bundle.tree().path("spec").path("trustBundle").asString(""));
      while (each.find()) {
        anchors.add(each.group(1).strip());
      }
    }
    StringBuilder out = new StringBuilder();
    for (String anchor : anchors) {
      out.append("-----BEGIN CERTIFICATE-----\n").append(anchor);
      out.append("\n-----END CERTIFICATE-----\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Without a selector a signer's bundles are none; an empty one takes them all. */
  private static boolean matches(ApiObject bundle, JsonNode projection) {
    String name = projection.path("name").asString("");
    if (!name.isEmpty()) {
      return bundle.name().equals(name);
    }
    JsonNode selector = projection.path("labelSelector");
    String signer = bundle.tree().path("spec").path("signerName").asString("");
    return signer.equals(projection.path("signerName").asString(""))
        && selector.isObject()
        && LabelSelector.ofObject(selector).matches(bundle.meta().labels());
  }
}
