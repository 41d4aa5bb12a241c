package dev.argosy.agent.pod.pull;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a {@code CredentialProviderConfig} of {@code kubelet.config.k8s.io}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/administer-cluster/kubelet-credential-provider/">Configure
 *     a kubelet image credential provider</a>
 */
final class PluginFile {

  private static final String GROUP = "kubelet.config.k8s.io/";
  private static final Set<String> SPOKEN =
      Set.of(
          "credentialprovider.kubelet.k8s.io/v1",
          "credentialprovider.kubelet.k8s.io/v1beta1",
          "credentialprovider.kubelet.k8s.io/v1alpha1");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s)");
  private static final Map<String, Long> MILLIS =
      Map.of("h", 3_600_000L, "m", 60_000L, "s", 1000L, "ms", 1L);

  private final Path file;
  private final Path programs;

  /**
   * @param programs the folder with the programs, which have the providers' names
   */
  PluginFile(Path file, Path programs) {
    this.file = file;
    this.programs = programs;
  }

  /** What it says; a failure names the file and what is wrong. */
  List<CredentialPlugin> read() throws IOException {
    JsonNode tree;
    try {
      Object plain =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      tree = Json.mapper().valueToTree(plain);
    } catch (YamlEngineException e) {
      throw wrong("it is no YAML: " + e.getMessage());
    }
    if (!tree.path("kind").asString("").equals("CredentialProviderConfig")
        || !tree.path("apiVersion").asString("").startsWith(GROUP)) {
      throw wrong("it is no CredentialProviderConfig of " + GROUP + "v1");
    }
    List<CredentialPlugin> plugins = new ArrayList<>();
    for (JsonNode provider : tree.path("providers")) {
      plugins.add(plugin(provider));
    }
    if (plugins.isEmpty()) {
      throw wrong("it names no providers");
    }
    return plugins;
  }

  private CredentialPlugin plugin(JsonNode provider) throws IOException {
    String name = provider.path("name").asString("");
    if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
      throw wrong("\"" + name + "\" is no name of a provider");
    }
    Path program = programs.resolve(name);
    if (!Files.isExecutable(program)) {
      throw wrong("provider " + name + " needs an executable " + program);
    }
    if (provider.has("tokenAttributes")) {
      throw wrong("provider " + name + ": tokenAttributes are not supported");
    }
    String version = provider.path("apiVersion").asString("");
    if (!SPOKEN.contains(version)) {
      throw wrong("provider " + name + ": apiVersion \"" + version + "\" is not known");
    }
    List<RegistryPattern> images = new ArrayList<>();
    for (JsonNode pattern : provider.path("matchImages")) {
      images.add(
          RegistryPattern.of(pattern.asString(""))
              .orElseThrow(() -> wrong("provider " + name + " has an empty matchImages")));
    }
    if (images.isEmpty()) {
      throw wrong("provider " + name + " needs matchImages");
    }
    Map<String, String> environment = new HashMap<>();
    provider
        .path("env")
        .forEach(e -> environment.put(e.path("name").asString(""), e.path("value").asString("")));
    return new CredentialPlugin(
        program,
        provider.path("args").valueStream().map(a -> a.asString("")).toList(),
        environment,
        version,
        images,
        duration(provider.path("defaultCacheDuration").asString("0s")));
  }

  private Duration duration(String text) throws IOException {
    return duration(text, () -> wrong("\"" + text + "\" is no duration, as 10m or 12h"));
  }

  /** As Go writes durations; anything else is the given failure. */
  static Duration duration(String text, java.util.function.Supplier<IOException> otherwise)
      throws IOException {
    Matcher part = PART.matcher(text);
    double millis = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      millis += Double.parseDouble(part.group(1)) * MILLIS.getOrDefault(part.group(2), 0L);
      end = part.end();
    }
    if (end != text.length() || text.isEmpty()) {
      if (text.equals("0")) {
        return Duration.ZERO;
      }
      throw otherwise.get();
    }
    return Duration.ofMillis((long) millis);
  }

  private IOException wrong(String what) {
    return new IOException("credential providers in " + file + ": " + what);
  }
}
