package dev.argosy.agent.pod.pull;

import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Credentials by registry, as in the files and secrets of Docker. Immutable. */
final class Keyring {

  private record Entry(RegistryPattern pattern, String user, String password) {}

  private final List<Entry> entries;

  private Keyring(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads entries; those that say nothing are left out.
   *
   * @param auths by registry: {@code username} and {@code password}, or both in {@code auth}
   */
  static Keyring of(JsonNode auths) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> auth : auths.properties()) {
      RegistryPattern.of(auth.getKey())
          .flatMap(pattern -> entry(pattern, auth.getValue()))
          .ifPresent(entries::add);
    }
    entries.sort(Comparator.comparingInt((Entry e) -> e.pattern.length()).reversed());
    return new Keyring(entries);
  }

  private static Optional<Entry> entry(RegistryPattern pattern, JsonNode auth) {
    String user = auth.path("username").asString("");
    String password = auth.path("password").asString("");
    String both = auth.path("auth").asString("");
    if (!both.isEmpty()) {
      try {
        String[] parts =
            new String(Base64.getMimeDecoder().decode(both), StandardCharsets.UTF_8).split(":", 2);
        user = parts[0];
        password = parts.length > 1 ? parts[1] : "";
      } catch (IllegalArgumentException malformed) {
        return Optional.empty();
      }
    }
    return user.isEmpty() && password.isEmpty()
        ? Optional.empty()
        : Optional.of(new Entry(pattern, user, password));
  }

  /** All that may do for an image, the most fitting first. */
  List<Credentials> find(ImageName image) {
    return entries.stream()
        .filter(e -> e.pattern.matches(image))
        .map(e -> new Credentials(e.user, e.password, image.registry()))
        .toList();
  }
}
