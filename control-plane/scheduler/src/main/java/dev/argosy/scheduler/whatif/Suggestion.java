package dev.argosy.scheduler.whatif;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.pod.PodView;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change with which the pods fit.
 *
 * @param type one of those that the kind's description names
 * @param message in words
 * @param more writes the fields that are particular to the type
 */
record Suggestion(String type, String message, Consumer<ObjectNode> more) {

  static Suggestion plain(String type, String message) {
    return new Suggestion(type, message, o -> {});
  }

  /** Pods of other tenants end; nobody is named, since tenants do not see each other. */
  static Suggestion claimBack(List<PodView> lent) {
    long count = lent.stream().filter(pod -> !pod.deleting()).count();
    String pods = count == 1 ? "1 pod of another tenant ends" : count + " pods of others end";
    return new Suggestion(
        "ClaimBack",
        "once " + pods + " with what was borrowed, which the scheduler would see to",
        o -> o.put("count", count));
  }

  /**
   * Less important pods of the same tenant end.
   *
   * @param namespace of which they are named
   * @param pod one of those for which they would end
   */
  static Suggestion endPods(List<PodView> ended, String namespace, PodView pod) {
    List<String> own =
        ended.stream()
            .filter(one -> one.key().namespace().equals(namespace))
            .map(one -> one.key().name())
            .toList();
    String message =
        "without "
            + ended.size()
            + " pods of lesser priority"
            + (pod.rank().preempts() ? ", which the scheduler would end" : "");
    return new Suggestion(
        "EndPods",
        message,
        o -> {
          o.put("count", ended.size());
          if (!own.isEmpty()) {
            own.forEach(o.putArray("pods")::add);
          }
        });
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("type", type).put("message", message);
    more.accept(json);
    return json;
  }
}
