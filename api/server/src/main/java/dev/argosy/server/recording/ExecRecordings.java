package dev.argosy.server.recording;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.list.Collection;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.tenancy.recording.ExecRecording;
import dev.argosy.tenancy.recording.RecordingSearch;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The recordings of a cluster as ExecRecording objects, the newest first. */
final class ExecRecordings implements Collection {

  static final GroupResource RESOURCE = new GroupResource("audit.argosy.dev", "execrecordings");

  private static final int MOST = 500;

  private final RecordingSearch search;

  ExecRecordings(RecordingSearch search) {
    this.search = search;
  }

  @Override
  public Page list(UserInfo user, View view, ListQuery query) {
    if (view.allClusters()) {
      throw Status.badRequest("recordings are listed of one cluster").asException();
    }
    if (!query.labelSelector().isBlank()) {
      throw Status.badRequest(
              "recordings have no labels; select by fields, which are "
                  + RecordingSelector.FIELD_NAMES)
          .asException();
    }
    List<RecordingSearch.Condition> wanted = RecordingSelector.parse(query.fieldSelector());
    Optional<RecordingSearch.Place> after = decode(query.continueToken());
    int limit = query.limit() == 0 ? MOST : (int) Math.min(query.limit(), MOST);
    List<ExecRecording> found =
        RecordingReads.of(() -> search.search(view.cluster(), wanted, after, limit + 1));
    boolean more = found.size() > limit;
    List<ExecRecording> page = more ? found.subList(0, limit) : found;
    return new Page(
        page.stream().map(ExecRecordings::object).toList(),
        0,
        more ? encode(page.getLast()) : "",
        null);
  }

  @Override
  public Optional<ApiObject> find(UserInfo user, View view, String name) {
    return RecordingReads.of(() -> search.find(view.cluster(), name)).map(ExecRecordings::object);
  }

  private static String encode(ExecRecording last) {
    String text = last.what().startedAt() + " " + last.place().name();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<RecordingSearch.Place> decode(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      if (space > 0 && text.indexOf('\0') < 0) {
        Instant at = Instant.parse(text.substring(0, space));
        if (at.getEpochSecond() >= 0 && at.getEpochSecond() < 253_402_300_799L) {
          return Optional.of(new RecordingSearch.Place(at, text.substring(space + 1)));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // said below
    }
    throw Status.badRequest("continue key is not valid").asException();
  }

  private static ApiObject object(ExecRecording recording) {
    ExecRecording.Place place = recording.place();
    ObjectKey key = new ObjectKey(RESOURCE, place.cluster(), "", place.name());
    return ApiObject.ofWire(key, 0, Json.canonical(json(recording)));
  }

  private static ObjectNode json(ExecRecording recording) {
    ExecRecording.Place place = recording.place();
    Instant start = recording.what().startedAt();
    ObjectNode json = Json.object();
    json.put("apiVersion", "audit.argosy.dev/v1").put("kind", "ExecRecording");
    json.putObject("metadata").put("name", place.name()).put("creationTimestamp", time(start));
    json.put("namespace", place.namespace()).put("pod", place.pod());
    json.put("container", place.container());
    json.put("user", recording.who().user());
    text(json, "impersonatedUser", recording.who().impersonated());
    text(json, "auditID", recording.who().auditId());
    json.put("subresource", recording.what().subresource());
    text(json, "command", recording.what().command());
    json.put("terminal", recording.screen().terminal());
    json.put("startedAt", time(start));
    ExecRecording.Course course = recording.course();
    course.endedAt().ifPresent(end -> json.put("endedAt", time(end)));
    json.put("state", course.state());
    json.put("bytes", course.bytes()).put("lostBytes", course.lost());
    text(json, "outcome", course.outcome());
    return json;
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void text(ObjectNode json, String field, String text) {
    if (!text.isEmpty()) {
      json.put(field, text);
    }
  }
}
