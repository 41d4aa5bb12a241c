package dev.argosy.scheduler.extender;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.pod.PodView;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks all extenders that are concerned about one pod. Blocks; any thread. */
public final class Inquiry {

  private final ApiClient client;

  public Inquiry(ApiClient client) {
    this.client = client;
  }

  /**
   * What they say; empty if one of them that must be heard does not answer.
   *
   * @param names of nodes where the pod fits as far as the scheduler knows
   */
  public Optional<Advice> ask(PodView pod, List<String> names, List<ExtenderClient> extenders) {
    Optional<ApiObject> now =
        client.get(pod.key()).orAbsent().filter(p -> p.meta().uid().equals(pod.uid()));
    if (now.isEmpty()) {
      return Optional.empty();
    }
    Heard heard = hear(new Asker(pod.key(), false), now.get().tree(), names, extenders);
    return heard.complete()
        ? Optional.of(new Advice(heard.marks(), heard.refused(), false))
        : Optional.empty();
  }

  /**
   * What they say of a pod that nobody is about to place.
   *
   * @param pod as it is shown to them
   */
  public Heard suppose(
      ObjectKey key, JsonNode pod, List<String> names, List<ExtenderClient> extenders) {
    return hear(new Asker(key, true), pod, names, extenders);
  }

  private Heard hear(
      Asker asker, JsonNode pod, List<String> names, List<ExtenderClient> extenders) {
    return new Hearing(asker, pod, new Nodes(client)).of(names, extenders);
  }
}
