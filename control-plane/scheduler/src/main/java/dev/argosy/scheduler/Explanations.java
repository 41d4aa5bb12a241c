package dev.argosy.scheduler;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.explain.Explainer;
import dev.argosy.scheduler.explain.Explanation;
import dev.argosy.scheduler.explain.ExplanationJson;
import dev.argosy.scheduler.pod.Demand;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pods that fit nowhere are told for programs. A search whose outcome is remembered ({@link
 * Memo}) is explained once, however many pods are alike. One thread.
 */
final class Explanations {

  private static final int MOST = 128;

  /** So many nodes are asked for explanations in a second; what comes then goes without. */
  private static final int NODES_PER_SECOND = 100_000;

  /** The same for pods for which room was just made, which need the explanation least. */
  private static final int NODES_PER_SECOND_WITH_ROOM = NODES_PER_SECOND / 5;

  private record Known(Placement.Nowhere nowhere, String text) {}

  private final Map<Demand, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Demand, Known> eldest) {
          return size() > MOST;
        }
      };

  private Instant second = Instant.MIN;
  private int asked;

  /**
   * The explanation as JSON; empty if the pod bears the same message already, which then is not
   * written again, or if too many others are explained at this moment.
   */
  String of(Attempt attempt, Placement.Nowhere nowhere, Nominations nominations, Instant now) {
    return of(attempt, nowhere, nominations, now, NODES_PER_SECOND);
  }

  /** The same for a pod for which room was just made. */
  String withRoom(
      Attempt attempt, Placement.Nowhere nowhere, Nominations nominations, Instant now) {
    return of(attempt, nowhere, nominations, now, NODES_PER_SECOND_WITH_ROOM);
  }

  private String of(
      Attempt attempt,
      Placement.Nowhere nowhere,
      Nominations nominations,
      Instant now,
      int perSecond) {
    if (attempt.pod().told().equals(nowhere.message())) {
      return "";
    }
    Known last = known.get(attempt.pod().demand());
    if (last == null || last.nowhere() != nowhere) {
      if (!mayAsk(attempt.among().size(), now.truncatedTo(ChronoUnit.SECONDS), perSecond)) {
        return "";
      }
      last = new Known(nowhere, explain(Json.object(), attempt, nominations, now));
      known.put(attempt.pod().demand(), last);
    }
    return last.text();
  }

  /**
   * The explanation, as JSON, of what keeps a member from being placed with the rest of its gang,
   * for all of them; empty if too many others are explained at this moment.
   */
  String ofMember(Attempt attempt, Nominations nominations, Instant now) {
    if (!mayAsk(attempt.among().size(), now.truncatedTo(ChronoUnit.SECONDS), NODES_PER_SECOND)) {
      return "";
    }
    ObjectNode text = Json.object().put("pod", attempt.pod().key().name());
    return explain(text, attempt, nominations, now);
  }

  private boolean mayAsk(int nodes, Instant now, int perSecond) {
    if (!now.equals(second)) {
      second = now;
      asked = 0;
    }
    if (asked > 0 && asked + nodes > perSecond) {
      return false;
    }
    asked += nodes;
    return true;
  }

  /** Asks all nodes. */
  static Explanation of(Attempt attempt, Nominations nominations) {
    return Explainer.of(
        attempt,
        nominations.eyes(attempt.pod(), attempt.nodes()),
        Guests.of(attempt, nominations)::rejection);
  }

  private static String explain(
      ObjectNode text, Attempt attempt, Nominations nominations, Instant now) {
    ExplanationJson.write(of(attempt, nominations), text);
    text.put("at", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return Json.mapper().writeValueAsString(text);
  }
}
