package dev.argosy.server.history;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.registry.ReviewHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.store.seal.SealedException;
import dev.argosy.tenancy.history.RecordedRevision;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers RevisionDiff: what is different between two revisions of an object, and who made it so.
 */
final class RevisionDiffs implements ReviewHandler {

  static final GroupResource RESOURCE = new GroupResource("history.argosy.dev", "revisiondiffs");

  /** Between revisions farther apart than this, changes are not traced to who made them. */
  private static final int STEPS = 200;

  private final RevisionBook book;

  RevisionDiffs(RevisionBook book) {
    this.book = book;
  }

  @Override
  public ObjectNode review(Subject subject, ObjectNode body) {
    JsonNode spec = body.path("spec");
    RecordedRevision from = find(subject, "spec.from", spec.path("from").asString(""));
    String other = spec.path("to").asString("");
    RecordedRevision to = other.isEmpty() ? newest(from) : find(subject, "spec.to", other);
    if (!from.key().equals(to.key())) {
      throw invalid("spec.to", other, "must be a revision of the same object as spec.from");
    }
    ObjectNode answer = body.deepCopy();
    try {
      write(from, to, answer.putObject("status"));
    } catch (SealedException e) {
      throw Status.of(Reason.INTERNAL_ERROR, String.valueOf(e.getMessage())).asException();
    }
    return answer;
  }

  private RecordedRevision find(Subject subject, String field, String name) {
    if (name.isEmpty()) {
      Cause missing = new Cause("FieldValueRequired", "Required value: name a revision", field);
      throw Status.invalid("history.argosy.dev", "RevisionDiff", "", List.of(missing))
          .asException();
    }
    return book.get(subject.user(), subject.cluster(), name);
  }

  private RecordedRevision newest(RecordedRevision of) {
    return RevisionReads.of(
            () -> book.search().before(book.of(of.key().cluster()), of.key(), Long.MAX_VALUE, 1))
        .stream()
        .findFirst()
        .orElse(of);
  }

  private static RuntimeException invalid(String field, String value, String why) {
    Cause cause = new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
    return Status.invalid("history.argosy.dev", "RevisionDiff", "", List.of(cause)).asException();
  }

  private void write(RecordedRevision from, RecordedRevision to, ObjectNode status) {
    status.put("from", name(from)).put("to", name(to));
    ObjectNode before = content(from);
    ObjectNode after = content(to);
    List<JsonDiff.Step> steps =
        JsonDiff.of(Substance.reduce(before.deepCopy()), Substance.reduce(after.deepCopy()));
    ArrayNode patch = Json.mapper().createArrayNode();
    steps.forEach(step -> operation(step, patch.addObject()));
    status.put("patch", patch.toString());
    boolean forward = from.id() <= to.id();
    Trace trace = forward ? trace(from, to) : trace(to, from);
    status.put("traced", trace.whole());
    ArrayNode changes = status.putArray("changes");
    for (JsonDiff.Step step : steps) {
      ObjectNode change = changes.addObject();
      change.put("path", step.pointer()).put("op", step.op());
      text(change, "was", step.was());
      text(change, "is", step.is());
      JsonNode owned = step.is() == null ? before : after;
      new FieldOwners(owned).of(step.path()).ifPresent(m -> change.put("manager", m));
      trace.of(step).ifPresent(made -> author(made, change));
    }
  }

  private Trace trace(RecordedRevision older, RecordedRevision newer) {
    List<RecordedRevision> all =
        RevisionReads.of(() ->
            book.search()
                .between(
                    book.of(older.key().cluster()),
                    older.key(),
                    older.id(),
                    newer.id(),
                    STEPS + 1));
    return all.size() > STEPS ? Trace.NONE : Trace.of(all, this::content);
  }

  /** What the object was; nothing of one that was deleted. */
  private ObjectNode content(RecordedRevision revision) {
    return revision.content() == null ? Json.object() : book.contents().of(revision);
  }

  private static String name(RecordedRevision revision) {
    return RevisionName.of(revision.key(), revision.of().revision()).toString();
  }

  private static void operation(JsonDiff.Step step, ObjectNode operation) {
    operation.put("op", step.op()).put("path", step.pointer());
    if (step.is() != null) {
      operation.set("value", step.is());
    }
  }

  private static void text(
      ObjectNode change, String field, @org.jspecify.annotations.Nullable JsonNode value) {
    if (value != null) {
      change.put(field, value.toString());
    }
  }

  private static void author(RecordedRevision made, ObjectNode change) {
    ObjectNode told = RevisionJson.of(made);
    change.put("revision", name(made));
    for (String field :
        List.of("user", "impersonatedUser", "verb", "auditID", "recordedAt", "afterGap")) {
      JsonNode value = told.get(field);
      if (value != null) {
        change.set(field, value);
      }
    }
  }
}
