package dev.argosy.scheduler.whatif;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.explain.ExplanationJson;
import dev.argosy.scheduler.extender.Heard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers as the status of a query, as a merge patch: what there is no more is taken away. */
final class AnswerJson {

  private static final List<String> ALL =
      List.of(
          "fits",
          "fitting",
          "message",
          "admission",
          "where",
          "nodes",
          "reasons",
          "nearest",
          "changes",
          "extenders",
          "share");

  private AnswerJson() {}

  static ObjectNode answered(Answer answer, String admission, long generation, Instant now) {
    String reason = answer.problem().isEmpty() ? "Answered" : "BadAssumption";
    ObjectNode status = status(reason, answer.message(), generation, now);
    if (!admission.isEmpty()) {
      status.put("admission", admission);
    }
    if (answer.problem().isEmpty()) {
      status.put("fits", answer.fits()).put("fitting", answer.fitting());
      status.put("nodes", answer.nodes());
      ArrayNode where = status.putArray("where");
      answer.where().forEach((node, pods) -> where.addObject().put("node", node).put("pods", pods));
      answer.why().ifPresent(why -> ExplanationJson.write(why, status));
      if (!answer.changes().isEmpty()) {
        ArrayNode changes = status.putArray("changes");
        answer.changes().forEach(change -> changes.add(change.json()));
      }
      beside(answer, status);
    }
    return status;
  }

  private static void beside(Answer answer, ObjectNode status) {
    Share share = answer.beside().share();
    String turn = answer.beside().turn(answer.fitting()).strip();
    ObjectNode written = status.putObject("share").put("guaranteed", share.guaranteed());
    written.put("ahead", Math.min(share.ahead(), answer.fitting()));
    if (!turn.isEmpty()) {
      written.put("message", turn);
    }
    for (Heard.Word word : answer.beside().words()) {
      ObjectNode one = ((ArrayNode) status.withArray("/extenders")).addObject();
      one.put("number", word.number()).put("answered", word.answered());
      new TreeSet<>(word.resources()).forEach(one.withArray("/resources")::add);
      new TreeMap<>(word.refused())
          .forEach((reason, nodes) ->
              ((ArrayNode) one.withArray("/refused"))
                  .addObject()
                  .put("reason", reason)
                  .put("nodes", nodes));
    }
  }

  /** There is no answer, for a reason in one word and in words. */
  static ObjectNode refused(String reason, String message, long generation, Instant now) {
    return status(reason, message, generation, now);
  }

  private static ObjectNode status(String reason, String message, long generation, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode status = Json.object();
    ALL.forEach(status::putNull);
    status.put("observedGeneration", generation).put("answeredAt", time).put("message", message);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Answered")
        .put("status", reason.equals("Answered") ? "True" : "False")
        .put("observedGeneration", generation)
        .put("lastTransitionTime", time)
        .put("reason", reason)
        .put("message", message);
    return status;
  }
}
