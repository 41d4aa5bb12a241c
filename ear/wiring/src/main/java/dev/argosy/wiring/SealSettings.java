package dev.argosy.wiring;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.store.keyring.Keyring;
import dev.argosy.store.seal.NoKeys;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.spi.KeyService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is encrypted at rest, and with which keys.
 *
 * @param keyring {@code argosy.encryption.keyring}; empty: nothing is encrypted
 * @param resources {@code argosy.encryption.resources}, comma-separated, such as {@code
 *     secrets,configmaps,things.example.org}
 */
record SealSettings(Optional<Path> keyring, Set<GroupResource> resources) {

  private static final String PREFIX = "argosy.encryption.";

  static SealSettings of(Map<String, String> settings) {
    String resources = settings.getOrDefault(PREFIX + "resources", "secrets");
    String keyring = settings.getOrDefault(PREFIX + "keyring", "");
    return new SealSettings(
        keyring.isEmpty() ? Optional.empty() : Optional.of(Path.of(keyring)),
        Stream.of(resources.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(SealSettings::resource)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static GroupResource resource(String name) {
    if (!name.matches("[a-z0-9]+(\\.[a-z0-9.-]+)?")) {
      throw new IllegalArgumentException(
          "argosy.encryption.resources: no resource is called '"
              + name
              + "'; write RESOURCE or RESOURCE.GROUP");
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? new GroupResource("", name)
        : new GroupResource(name.substring(dot + 1), name.substring(0, dot));
  }

  KeyService keys(Clock clock, Metrics metrics) {
    return keyring.<KeyService>map(file -> Keyring.of(file, clock, metrics)).orElseGet(NoKeys::new);
  }

  SealConfig config() {
    return new SealConfig(
        keyring.isPresent() ? resources : Set.of(),
        UUID.randomUUID().toString(),
        SealConfig.INTERVAL);
  }
}
