package dev.argosy.server.history;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.registry.ReviewHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.store.seal.SealedException;
import dev.argosy.tenancy.history.RecordedRevision;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers ObjectRestore: makes an object what it was. It is written as the user would write it:
 * with their rights, admission, validation and quota, and a place in the audit trail of its own.
 */
final class ObjectRestores implements ReviewHandler {

  static final GroupResource RESOURCE = new GroupResource("history.argosy.dev", "objectrestores");

  /** How many states before a deletion are looked at for one that was not being deleted yet. */
  private static final int BACK = 50;

  private final RevisionBook book;
  private final Writers writers;

  /** The way of writes. */
  interface Writers {
    /** As somebody, and perhaps without keeping anything. */
    ApiClient as(Subject subject);
  }

  ObjectRestores(RevisionBook book, Writers writers) {
    this.book = book;
    this.writers = writers;
  }

  @Override
  public ObjectNode review(Subject subject, ObjectNode body) {
    JsonNode spec = body.path("spec");
    String name = spec.path("revision").asString("");
    if (name.isEmpty()) {
      Cause missing =
          new Cause("FieldValueRequired", "Required value: name a revision", "spec.revision");
      throw Status.invalid("history.argosy.dev", "ObjectRestore", "", List.of(missing))
          .asException();
    }
    RecordedRevision named = book.get(subject.user(), subject.cluster(), name);
    Past past = past(named);
    ObjectNode answer = body.deepCopy();
    ObjectNode status = answer.putObject("status");
    status.put("revision", RevisionName.of(past.of.key(), past.of.of().revision()).toString());
    restore(subject, past, spec.path("resourceVersion").asString(""), status);
    return answer;
  }

  /** A state that can be gone back to. */
  private record Past(RecordedRevision of, ObjectNode content) {}

  /** The named state, or the last one before it that was not going already. */
  private Past past(RecordedRevision named) {
    if (named.content() != null) {
      ObjectNode content = content(named);
      if (!going(content)) {
        return new Past(named, content);
      }
    }
    List<RecordedRevision> earlier =
        RevisionReads.of(() ->
            book.search().before(book.of(named.key().cluster()), named.key(), named.id(), BACK));
    for (RecordedRevision revision : earlier) {
      if (revision.of().uid().equals(named.of().uid())) {
        ObjectNode content = content(revision);
        if (!going(content)) {
          return new Past(revision, content);
        }
      }
    }
    throw Status.conflict(
            named.key().resource(), named.key().name(), "no state before its deletion is recorded")
        .asException();
  }

  private static boolean going(ObjectNode content) {
    return content.path("metadata").has("deletionTimestamp");
  }

  private ObjectNode content(RecordedRevision revision) {
    try {
      return book.contents().of(revision);
    } catch (SealedException e) {
      throw Status.of(Reason.INTERNAL_ERROR, String.valueOf(e.getMessage())).asException();
    }
  }

  private void restore(Subject subject, Past past, String expected, ObjectNode status) {
    ObjectKey key = past.of.key();
    ApiClient client = writers.as(subject);
    Optional<ApiObject> live = client.get(key).orAbsent();
    if (!expected.isEmpty()
        && !expected.equals(live.map(o -> Long.toString(o.revision())).orElse(""))) {
      throw Status.stale(key.resource(), key.name()).asException();
    }
    if (live.isEmpty()) {
      Restorable.Result anew = Restorable.anew(key, past.content);
      ResourceScope scope =
          key.namespace().isEmpty()
              ? ResourceScope.cluster(key.resource(), key.cluster())
              : ResourceScope.namespace(key.resource(), key.cluster(), key.namespace());
      tell("Created", client.create(scope, anew.object()).orThrow(), anew, status);
      return;
    }
    ObjectNode present = live.get().tree();
    if (going(present)) {
      throw Status.conflict(
              key.resource(), key.name(), "it is being deleted; restore it when it is gone")
          .asException();
    }
    Restorable.Result onto = Restorable.onto(key, past.content, present);
    ApiObject written = client.update(key, onto.object()).orThrow();
    boolean same = written.revision() == live.get().revision() && !subject.dryRun();
    tell(same ? "Unchanged" : "Updated", written, onto, status);
  }

  private static void tell(
      String action, ApiObject written, Restorable.Result result, ObjectNode status) {
    ObjectNode tree = written.tree();
    status.put("action", action);
    status.put("apiVersion", tree.path("apiVersion").asString(""));
    status.put("kind", tree.path("kind").asString(""));
    JsonNode metadata = tree.path("metadata");
    for (String field : List.of("namespace", "name", "uid", "resourceVersion")) {
      JsonNode value = metadata.get(field);
      if (value != null) {
        status.set(field, value);
      }
    }
    if (!result.kept().isEmpty()) {
      ArrayNode kept = status.putArray("kept");
      result.kept().forEach(kept::add);
    }
  }
}
