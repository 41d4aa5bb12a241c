package dev.argosy.server.webhook;

import dev.argosy.model.object.Json;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Which webhooks of one write are to be asked a second time. Belongs to one request. */
final class Reinvocations {

  private final Set<String> asked = new HashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private @Nullable ObjectNode last;

  /** The webhook was asked and may be asked again. */
  void add(Hook hook) {
    asked.add(hook.id());
  }

  /** The object changed: all that saw it before shall see it again. */
  void require() {
    wanted.addAll(asked);
    asked.clear();
  }

  boolean wanted(Hook hook) {
    return wanted.contains(hook.id());
  }

  /** How the webhooks left the object. */
  void remember(@Nullable ObjectNode object) {
    last = object == null ? null : object.deepCopy();
  }

  /** Whether others changed the object after the webhooks. */
  boolean changedSince(@Nullable ObjectNode object) {
    return object != null && (last == null || !Json.same(last, object));
  }
}
