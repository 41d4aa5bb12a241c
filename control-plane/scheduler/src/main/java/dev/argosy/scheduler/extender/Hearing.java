package dev.argosy.scheduler.extender;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks extenders about one pod, one after the other: each is asked about the nodes that those
 * before it left. It ends with the first that must be heard and does not answer. Blocks; one
 * thread.
 */
final class Hearing {

  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);
  private static final String REFUSED = "node(s) were refused by an extender of the scheduler";

  private final Asker asker;
  private final JsonNode pod;
  private final Nodes nodes;
  private final List<Heard.Word> words = new ArrayList<>();
  private final Map<String, String> refused = new HashMap<>();

  /**
   * @param pod as it is shown
   */
  Hearing(Asker asker, JsonNode pod, Nodes nodes) {
    this.asker = asker;
    this.pod = pod;
    this.nodes = nodes;
  }

  /** What they say of these nodes. */
  Heard of(List<String> names, List<ExtenderClient> extenders) {
    List<String> left = names;
    for (ExtenderClient client : extenders) {
      if (client.extender().verbs().filter().isPresent() && !left.isEmpty()) {
        left = filtered(client, left);
        if (words.getLast().missing()) {
          return new Heard(words, Map.of(), refused);
        }
      }
    }
    return new Heard(words, marks(left, extenders), refused);
  }

  private List<String> filtered(ExtenderClient client, List<String> names) {
    Extender extender = client.extender();
    Map<String, Integer> reasons = new HashMap<>();
    List<String> left = names;
    boolean answered = true;
    try {
      var judgement = client.filter(asker, pod, names, nodes);
      left = judgement.fitting();
      for (String name : names) {
        if (!judgement.fitting().contains(name)) {
          String reason = judgement.refused().getOrDefault(name, REFUSED);
          refused.put(name, reason);
          reasons.merge(reason, 1, Integer::sum);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} does not judge {}: {}", extender.url(), asker.pod(), e.toString());
      answered = false;
    }
    words.add(
        new Heard.Word(
            client.number(), extender.managed(), answered, !extender.ignorable(), reasons));
    return left;
  }

  /** Preferences: an extender that does not answer has none, as in Kubernetes. */
  private Map<String, Long> marks(List<String> names, List<ExtenderClient> extenders) {
    Map<String, Long> sum = new HashMap<>();
    names.forEach(name -> sum.put(name, 0L));
    for (ExtenderClient client : extenders) {
      if (client.extender().verbs().prioritize().isPresent() && names.size() > 1) {
        try {
          client
              .prioritize(asker, pod, names, nodes)
              .forEach((name, mark) -> sum.computeIfPresent(name, (n, marks) -> marks + mark));
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "{} prefers nothing for {}: {}", client.extender().url(), asker.pod(), e.toString());
        }
      }
    }
    return sum;
  }
}
