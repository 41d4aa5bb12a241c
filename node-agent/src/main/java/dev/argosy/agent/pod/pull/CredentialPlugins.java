package dev.argosy.agent.pod.pull;

import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials of the node, told by programs; pods of all tenants are served with them. Answers are
 * kept in memory as long as the program says. Thread-safe.
 */
public final class CredentialPlugins {

  private static final Logger LOG = LoggerFactory.getLogger(CredentialPlugins.class);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Kept(Keyring keyring, Instant until) {}

  private record Answer(Keyring keyring, String kept, Duration keptFor) {}

  private final List<CredentialPlugin> plugins;
  private final Clock clock;
  private final Map<String, Kept> kept = new HashMap<>();

  CredentialPlugins(List<CredentialPlugin> plugins, Clock clock) {
    this.plugins = List.copyOf(plugins);
    this.clock = clock;
  }

  public static CredentialPlugins none(Clock clock) {
    return new CredentialPlugins(List.of(), clock);
  }

  /** Those of a file; a failure says what is wrong with it. */
  public static CredentialPlugins of(Path file, Path programs, Clock clock) throws IOException {
    return new CredentialPlugins(new PluginFile(file, programs).read(), clock);
  }

  /** All that may do for an image; empty if no program knows any. */
  List<Credentials> find(ImageName image) {
    List<Credentials> found = new ArrayList<>();
    for (CredentialPlugin plugin : plugins) {
      if (plugin.knows(image)) {
        found.addAll(ask(plugin, image).find(image));
      }
    }
    return found;
  }

  private synchronized Keyring ask(CredentialPlugin plugin, ImageName image) {
    Instant now = clock.instant();
    kept.values().removeIf(k -> !k.until.isAfter(now));
    for (String kind : List.of("Image", "Registry", "Global")) {
      Kept present = kept.get(key(plugin, kind, image));
      if (present != null) {
        return present.keyring;
      }
    }
    try {
      Answer answer = run(plugin, image);
      if (answer.keptFor.isPositive()) {
        kept.put(
            key(plugin, answer.kept, image), new Kept(answer.keyring, now.plus(answer.keptFor)));
      }
      return answer.keyring;
    } catch (IOException | JacksonException e) {
      LOG.warn("no credentials from {}: {}", plugin.program(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Keyring.of(Json.object());
  }

  private static String key(CredentialPlugin plugin, String kind, ImageName image) {
    String what =
        switch (kind) {
          case "Image" -> image.toString();
          case "Registry" -> image.registry();
          default -> "";
        };
    return plugin.program() + "|" + kind + "|" + what;
  }

  private static Answer run(CredentialPlugin plugin, ImageName image)
      throws IOException, InterruptedException {
    ObjectNode request = Json.object();
    request.put("kind", "CredentialProviderRequest").put("apiVersion", plugin.apiVersion());
    request.put("image", image.toString());
    List<String> command = new ArrayList<>();
    command.add(plugin.program().toString());
    command.addAll(plugin.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(plugin.environment());
    Process process = builder.start();
    CompletableFuture<byte[]> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, output));
    try (OutputStream in = process.getOutputStream()) {
      in.write(request.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedBeforeReading) {
      // its exit code tells
    }
    if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException("it did not answer within " + LONGEST.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException("it ended with code " + process.exitValue());
    }
    return answer(plugin, Json.mapper().readTree(output.join()));
  }

  private static void read(Process process, CompletableFuture<byte[]> output) {
    try {
      output.complete(process.getInputStream().readAllBytes());
    } catch (IOException e) {
      output.complete(new byte[0]);
    }
  }

  private static Answer answer(CredentialPlugin plugin, JsonNode tree) throws IOException {
    if (!tree.path("kind").asString("").equals("CredentialProviderResponse")) {
      throw new IOException("its answer is no CredentialProviderResponse");
    }
    String kept = tree.path("cacheKeyType").asString("");
    String duration = tree.path("cacheDuration").asString("");
    Duration keptFor =
        duration.isEmpty()
            ? plugin.keptFor()
            : PluginFile.duration(
                duration, () -> new IOException("\"" + duration + "\" is no duration"));
    return new Answer(Keyring.of(tree.path("auth")), kept, keptFor);
  }
}
