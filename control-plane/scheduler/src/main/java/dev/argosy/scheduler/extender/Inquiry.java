package dev.argosy.scheduler.extender;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.pod.PodView;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Asks all extenders that are concerned about one pod. Blocks; any thread. */
public final class Inquiry {

  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  private static final String REFUSED = "node(s) were refused by an extender of the scheduler";

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
    JsonNode tree = now.get().tree();
    Nodes nodes = new Nodes(client);
    List<String> left = names;
    Map<String, String> refused = new HashMap<>();
    for (ExtenderClient extender : extenders) {
      if (extender.extender().verbs().filter().isPresent() && !left.isEmpty()) {
        try {
          var judgement = extender.filter(pod.key().cluster(), tree, left, nodes);
          for (String name : left) {
            if (!judgement.fitting().contains(name)) {
              refused.put(name, judgement.refused().getOrDefault(name, REFUSED));
            }
          }
          left = judgement.fitting();
        } catch (IOException | RuntimeException e) {
          LOG.warn("{} does not judge {}: {}", extender.extender().url(), pod.key(), e.toString());
          if (!extender.extender().ignorable()) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(new Advice(marks(pod, tree, left, extenders, nodes), refused, false));
  }

  /** Preferences: an extender that does not answer has none, as in Kubernetes. */
  private static Map<String, Long> marks(
      PodView pod, JsonNode tree, List<String> names, List<ExtenderClient> extenders, Nodes nodes) {
    Map<String, Long> sum = new HashMap<>();
    names.forEach(name -> sum.put(name, 0L));
    for (ExtenderClient extender : extenders) {
      if (extender.extender().verbs().prioritize().isPresent() && names.size() > 1) {
        try {
          extender
              .prioritize(pod.key().cluster(), tree, names, nodes)
              .forEach((name, mark) -> sum.computeIfPresent(name, (n, marks) -> marks + mark));
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "{} prefers nothing for {}: {}", extender.extender().url(), pod.key(), e.toString());
        }
      }
    }
    return sum;
  }
}
