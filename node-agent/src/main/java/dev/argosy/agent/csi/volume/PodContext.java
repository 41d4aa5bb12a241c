package dev.argosy.agent.csi.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a driver is told of the pod that it mounts for, and the secrets that it gets.
 *
 * @see <a href="https://kubernetes-csi.github.io/docs/pod-info.html">pod info</a>
 * @see <a href="https://kubernetes-csi.github.io/docs/token-requests.html">token requests</a>
 */
final class PodContext {

  private static final String PREFIX = "csi.storage.k8s.io/";

  private final ConfigSource source;
  private final Clock clock;

  PodContext(ConfigSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** The volume's attributes, with what the driver wants to know of the pod. */
  Map<String, String> attributes(PodView pod, CsiVolume volume, DriverRules rules)
      throws ConfigFailure {
    Map<String, String> all = new HashMap<>(volume.attributes());
    all.keySet().removeIf(key -> volume.inline() && key.startsWith(PREFIX));
    String account = pod.spec().path("serviceAccountName").asString("default");
    if (rules.podInfo()) {
      all.put(PREFIX + "pod.name", pod.key().name());
      all.put(PREFIX + "pod.namespace", pod.key().namespace());
      all.put(PREFIX + "pod.uid", pod.uid());
      all.put(PREFIX + "serviceAccount.name", account);
      all.put(PREFIX + "ephemeral", Boolean.toString(volume.inline()));
    }
    if (!rules.tokens().isEmpty()) {
      all.put(PREFIX + "serviceAccount.tokens", tokens(pod, account, rules));
    }
    return all;
  }

  private String tokens(PodView pod, String account, DriverRules rules) throws ConfigFailure {
    ObjectNode all = Json.object();
    for (DriverRules.Token token : rules.tokens()) {
      String text = source.token(pod.key(), pod.uid(), account, token.audience(), token.seconds());
      all.putObject(token.audience())
          .put("token", text)
          .put(
              "expirationTimestamp",
              clock
                  .instant()
                  .plusSeconds(token.seconds())
                  .truncatedTo(ChronoUnit.SECONDS)
                  .toString());
    }
    return Json.mapper().writeValueAsString(all);
  }

  /** What a secret holds; nothing if none is named. */
  Map<String, String> secret(PodView pod, CsiVolume.@Nullable SecretName name)
      throws ConfigFailure {
    if (name == null) {
      return Map.of();
    }
    Map<String, byte[]> entries =
        source
            .secret(beside(pod, name.namespace()), name.name())
            .orElseThrow(() ->
                new ConfigFailure(
                    "secret \"%s/%s\" not found".formatted(name.namespace(), name.name())));
    Map<String, String> texts = new HashMap<>();
    entries.forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
    return texts;
  }

  /** Any object of a namespace of the pod's cluster. */
  private static ObjectKey beside(PodView pod, String namespace) {
    return new ObjectKey(pod.key().resource(), pod.key().cluster(), namespace, pod.key().name());
  }
}
