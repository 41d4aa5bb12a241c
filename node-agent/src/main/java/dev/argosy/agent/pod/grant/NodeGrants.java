package dev.argosy.agent.pod.grant;

import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes pods of clusters that see this node among theirs. The server is asked for the node as the
 * pod's cluster shows it, once a minute for each cluster at the most. A no counts when it has been
 * one for a while, since a server may hear of a new tenant, or of its pools, later than the
 * scheduler. While no server answers, new pods wait.
 */
public final class NodeGrants implements Check {

  /** How long a yes counts. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** How long servers may disagree. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private enum Answer {
    YES,
    NO,
    UNKNOWN
  }

  private final ApiClient api;
  private final String node;
  private final Clock clock;
  private final Map<String, Instant> granted = new ConcurrentHashMap<>();
  private final Map<String, Instant> refusedSince = new ConcurrentHashMap<>();

  /**
   * @param clock one that nobody sets
   */
  public NodeGrants(ApiClient api, String node, Clock clock) {
    this.api = api;
    this.node = node;
    this.clock = clock;
  }

  /** May ask the server, and wait for it. */
  @Override
  public boolean later(PodView pod) {
    return switch (ask(pod.key().cluster())) {
      case YES -> {
        refusedSince.remove(pod.uid());
        yield false;
      }
      case NO -> {
        Instant now = clock.instant();
        Instant since = refusedSince.computeIfAbsent(pod.uid(), uid -> now);
        yield Duration.between(since, now).compareTo(PATIENCE) < 0;
      }
      case UNKNOWN -> true;
    };
  }

  /** As {@link #later} has found. */
  @Override
  public Optional<Rejection> admit(PodView pod) {
    return refusedSince.containsKey(pod.uid())
        ? Optional.of(
            new Rejection(
                "NodeNotGranted",
                "node \""
                    + node
                    + "\" is none of this cluster's: kubectl get nodes shows which are"))
        : Optional.empty();
  }

  @Override
  public void free(PodView pod) {
    refusedSince.remove(pod.uid());
  }

  private Answer ask(String cluster) {
    if (cluster.equals(NodeIdentity.ROOT)) {
      return Answer.YES;
    }
    Instant now = clock.instant();
    Instant until = granted.get(cluster);
    if (until != null && now.isBefore(until)) {
      return Answer.YES;
    }
    Answer answer = seen(cluster);
    if (answer == Answer.NO && seen(NodeIdentity.ROOT) != Answer.YES) {
      answer = Answer.UNKNOWN; // the node itself is not there, or not yet
    }
    if (answer == Answer.YES) {
      granted.values().removeIf(end -> !now.isBefore(end));
      granted.put(cluster, now.plus(KEPT));
    } else {
      granted.remove(cluster);
    }
    return answer;
  }

  /** Whether a cluster shows the node. */
  private Answer seen(String cluster) {
    return switch (api.get(new ObjectKey(NodeIdentity.NODES, cluster, "", node))) {
      case ApiResult.Ok<ApiObject> _ -> Answer.YES;
      case ApiResult.Refused<ApiObject>(Status status) ->
          switch (status.reason()) {
            case NOT_FOUND -> Answer.NO;
            case FORBIDDEN -> Answer.YES; // a server of before, which nodes may not ask
            default -> Answer.UNKNOWN;
          };
    };
  }
}
