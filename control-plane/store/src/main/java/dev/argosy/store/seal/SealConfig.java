package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import java.time.Duration;
import java.util.Set;

/**
 * What is sealed.
 *
 * @param resources of objects that are sealed when they are written
 * @param server name of this server, another after each start
 * @param interval how often new key-encryption keys are looked for
 */
public record SealConfig(Set<GroupResource> resources, String server, Duration interval) {

  public static final Set<GroupResource> DEFAULT = Set.of(new GroupResource("", "secrets"));

  /** Long enough to cost nothing, short enough for whoever waits for a rotation. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  public SealConfig {
    resources = Set.copyOf(resources);
    for (GroupResource resource : resources) {
      if (resource.resource().equals("events")) {
        throw new IllegalArgumentException(
            "events cannot be encrypted: they end by themselves, and are not written anew");
      }
    }
  }
}
