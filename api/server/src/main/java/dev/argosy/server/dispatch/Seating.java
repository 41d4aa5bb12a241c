package dev.argosy.server.dispatch;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.deadline.Deadlines;
import dev.argosy.server.flowcontrol.FlowControl;
import dev.argosy.server.flowcontrol.Passage;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * Step three: a request waits until it is its turn, no longer than a quarter of the time it has.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/">API
 *     Priority and Fairness</a>
 */
final class Seating {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final int PART = 4;

  private final FlowControl flow;
  private final Deadlines deadlines;
  private final Gate gate;

  Seating(FlowControl flow, Deadlines deadlines, Gate gate) {
    this.flow = flow;
    this.deadlines = deadlines;
    this.gate = gate;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /**
   * Waits for a seat, which the exchange then has.
   *
   * @throws dev.argosy.model.status.StatusException TooManyRequests; Forbidden for those who would
   *     be refused anyway, and need not know how busy a cluster is
   */
  void take(Exchange exchange, Attributes asked) {
    Passage passage = flow.enter(asked, exchange.query());
    exchange.seated(passage);
    if (atHome(asked)) {
      tell(exchange);
    }
    Duration time = exchange.deadline().atMost(deadlines.most()).dividedBy(PART);
    Duration wait = time.compareTo(LONGEST_WAIT) < 0 ? time : LONGEST_WAIT;
    if (!passage.await(wait.toNanos())) {
      gate.authorize(asked);
      tell(exchange);
      throw Status.of(Reason.TOO_MANY_REQUESTS, "Too many requests, please try again later.")
          .withRetryAfter(passage.retryAfter())
          .asException();
    }
  }

  private static boolean atHome(Attributes asked) {
    return ClusterScope.of(asked.user()).filter(asked.cluster()::equals).isPresent();
  }

  /**
   * Says how the request was classified. Not to strangers who are refused: they shall not learn
   * whether there is such a cluster.
   */
  static void tell(Exchange exchange) {
    Passage passage = exchange.passage();
    if (passage == null || passage.schemaUid().isEmpty()) {
      return;
    }
    HttpServletResponse response = exchange.response;
    response.setHeader("X-Kubernetes-PF-FlowSchema-UID", passage.schemaUid());
    response.setHeader("X-Kubernetes-PF-PriorityLevel-UID", passage.levelUid());
  }
}
