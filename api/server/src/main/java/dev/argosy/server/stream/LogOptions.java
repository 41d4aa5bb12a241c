package dev.argosy.server.stream;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.LogQuery;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query of the {@code log} subresource ({@code PodLogOptions}). */
final class LogOptions {

  private static final GroupResource KIND = new GroupResource("", "PodLogOptions");

  private LogOptions() {}

  static LogQuery read(QueryText query, Clock clock) {
    LogQuery.Output output = output(query.text("stream"));
    Long tailLines = query.number("tailLines", 0);
    if (output != LogQuery.Output.ALL && tailLines != null) {
      throw invalid("tailLines", "Forbidden: `tailLines` and specific `stream` are exclusive");
    }
    return new LogQuery(
        query.flag("follow"),
        query.flag("previous"),
        query.flag("timestamps"),
        since(query, clock),
        tailLines,
        query.number("limitBytes", 1),
        output);
  }

  private static LogQuery.Output output(String word) {
    if (word.isEmpty()) {
      return LogQuery.Output.ALL;
    }
    return LogQuery.Output.of(word)
        .orElseThrow(() ->
            invalid(
                "stream",
                "Unsupported value: \""
                    + word
                    + "\": supported values: \"All\", \"Stdout\", \"Stderr\""));
  }

  private static @Nullable Instant since(QueryText query, Clock clock) {
    Long seconds = query.number("sinceSeconds", 1);
    String time = query.text("sinceTime");
    if (seconds != null && !time.isEmpty()) {
      throw invalid(
          "sinceTime", "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified");
    }
    if (seconds != null) {
      return clock.instant().minusSeconds(Math.min(seconds, 100L * 365 * 86_400));
    }
    try {
      return time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new StatusException(
          Status.badRequest("sinceTime must be an RFC 3339 time, not \"" + time + "\""));
    }
  }

  static StatusException invalid(String field, String problem) {
    String message = "PodLogOptions is invalid: " + field + ": " + problem;
    return new StatusException(
        Status.about(Reason.INVALID, KIND, "", message)
            .withCauses(List.of(new Cause("FieldValueInvalid", problem, field))));
  }
}
