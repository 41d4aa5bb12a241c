package dev.argosy.server.trail;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.ReviewHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.tenancy.audit.ChainCheck;
import dev.argosy.tenancy.audit.ChainFinding;
import dev.argosy.tenancy.audit.ChainHash;
import dev.argosy.tenancy.audit.ChainPoint;
import dev.argosy.tenancy.audit.ChainReport;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers TrailReview: whether a cluster's trail is as it was recorded. */
public final class TrailReviews implements ReviewHandler {

  public static final GroupResource RESOURCE =
      new GroupResource("audit.argosy.dev", "trailreviews");

  private static final int MOST = 50_000;

  private final ChainCheck check;

  public TrailReviews(ChainCheck check) {
    this.check = check;
  }

  @Override
  public ObjectNode review(Subject subject, ObjectNode body) {
    JsonNode spec = body.path("spec");
    String cluster = cluster(subject, spec.path("cluster").asString(""));
    Optional<ChainPoint> after = after(spec.path("after"));
    int limit = limit(spec.path("limit"));
    ChainReport report = TrailReads.of(() -> check.check(cluster, after, limit));
    ObjectNode answer = body.deepCopy();
    write(report, answer.putObject("status"));
    return answer;
  }

  private static String cluster(Subject subject, String asked) {
    if (asked.isEmpty() || asked.equals(subject.cluster())) {
      return subject.cluster();
    }
    if (!subject.cluster().equals(ClusterDirectory.ROOT)) {
      throw invalid("spec.cluster", asked, "must be the cluster that is asked");
    }
    return asked;
  }

  private static Optional<ChainPoint> after(JsonNode point) {
    if (!point.isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ChainPoint(
              point.path("sequence").asLong(-1), ChainHash.parse(point.path("hash").asString(""))));
    } catch (IllegalArgumentException e) {
      throw invalid("spec.after", point.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static int limit(JsonNode said) {
    int limit = said.asInt(MOST);
    if (limit < 1 || limit > MOST) {
      throw invalid(
          "spec.limit", Integer.toString(limit), "must be between 1 and " + MOST + ", inclusive");
    }
    return limit;
  }

  private static RuntimeException invalid(String field, String value, String why) {
    Cause cause = new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
    return Status.invalid("audit.argosy.dev", "TrailReview", "", List.of(cause)).asException();
  }

  private static void write(ChainReport report, ObjectNode status) {
    status.put("intact", report.finding().isEmpty());
    status.put("complete", report.complete());
    status.put("entries", report.entries());
    status.set("from", point(report.from()));
    status.set("to", point(report.to()));
    status.set("end", point(report.end()));
    if (report.finding().isPresent()) {
      ChainFinding finding = report.finding().get();
      status
          .putObject("finding")
          .put("kind", finding.kind().text())
          .put("sequence", finding.sequence())
          .put("message", finding.message());
    }
  }

  private static ObjectNode point(ChainPoint point) {
    return Json.object().put("sequence", point.sequence()).put("hash", point.hash().hex());
  }
}
