package dev.argosy.scheduler.extender;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.StatusException;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Asks all extenders that have a say in whom room for one pod may cost. Blocks; any thread. */
public final class PreemptionInquiry {

  private static final Logger LOG = LoggerFactory.getLogger(PreemptionInquiry.class);

  private final ApiClient client;

  public PreemptionInquiry(ApiClient client) {
    this.client = client;
  }

  /**
   * What they leave of the candidates, each seeing what those before it left; empty if one of them
   * that must be heard does not answer, or names what it was not asked about.
   */
  public Optional<List<Victims>> ask(
      PodView pod, List<Candidate> candidates, List<ExtenderClient> extenders) {
    Optional<JsonNode> tree = read(pod);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    List<Candidate> left = candidates;
    for (ExtenderClient extender : extenders) {
      if (!left.isEmpty()) {
        try {
          left = ask(extender, pod, tree.get(), left);
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "{} does not say whom room for {} may cost: {}",
              extender.extender().url(),
              pod.key(),
              e.toString());
          if (!extender.extender().ignorable()) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(left.stream().map(Candidate::victims).toList());
  }

  private List<Candidate> ask(
      ExtenderClient extender, PodView pod, JsonNode tree, List<Candidate> candidates)
      throws IOException {
    List<Victims> victims = candidates.stream().map(Candidate::victims).toList();
    Map<String, Set<String>> answer =
        new HashMap<>(extender.preempt(new Asker(pod.key(), false), tree, victims, this::whole));
    List<Candidate> left = new ArrayList<>();
    for (Candidate candidate : candidates) {
      String node = candidate.victims().node();
      Set<String> uids = answer.remove(node);
      if (uids != null && !(uids.isEmpty() && extender.extender().ignorable())) {
        left.add(named(candidate, uids));
      }
    }
    if (!answer.isEmpty()) {
      throw new IOException("preempt: was not asked about " + answer.keySet());
    }
    return left;
  }

  private static Candidate named(Candidate candidate, Set<String> uids) throws IOException {
    String node = candidate.victims().node();
    if (uids.isEmpty()) {
      throw new IOException("preempt: names no pod of node " + node);
    }
    Optional<Candidate> named = candidate.costing(uids);
    if (named.isEmpty()) {
      throw new IOException("preempt: names a pod that cannot be ended for this one on " + node);
    }
    return named.get();
  }

  private Optional<JsonNode> whole(PodView pod) throws IOException {
    try {
      return read(pod);
    } catch (StatusException e) {
      throw new IOException("pods cannot be read", e);
    }
  }

  private Optional<JsonNode> read(PodView pod) {
    return client
        .get(pod.key())
        .orAbsent()
        .filter(now -> now.meta().uid().equals(pod.uid()))
        .map(ApiObject::tree);
  }
}
