package dev.argosy.controllers.revision;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Claims;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.controllers.workload.TemplateHash;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the revisions of sets: one for each template, not too many. */
public final class RevisionWriter {

  private final ApiClient client;
  private final Informer<RevisionView> revisions;
  private final OwnWrites writes;
  private final Claims<RevisionView> claims;

  public RevisionWriter(ApiClient client, Informer<RevisionView> revisions, OwnWrites writes) {
    this.client = client;
    this.revisions = revisions;
    this.writes = writes;
    this.claims = new Claims<>(client, revisions, RevisionView::object, writes);
  }

  /** The revisions, among them one of the present template; made if there was none. */
  public ApiResult<History> history(Revised set) {
    Owner owner = set.owner();
    String place = PodView.place(owner.key().cluster(), owner.key().namespace());
    List<RevisionView> orphans = revisions.find(RevisionView.BY_ORPHANAGE, place);
    List<RevisionView> all =
        claims.of(
            owner, set.selector(), revisions.find(RevisionView.BY_OWNER, owner.uid()), orphans);
    return switch (Choice.of(all, TemplateData.of(set.template()))) {
      case Choice.Newest(RevisionView newest) ->
          ApiResult.ok(new History(newest, all, set.collisions()));
      case Choice.Again(RevisionView revision, long number) ->
          renumber(set, revision, number).map(r -> new History(r, all, set.collisions()));
      case Choice.New(long number) -> make(set, all, number);
    };
  }

  private ApiResult<RevisionView> renumber(Revised set, RevisionView revision, long number) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", revision.object().meta().uid());
    patch.put("revision", number);
    return seen(set, client.patch(revision.object().key(), "", Patch.merge(patch)));
  }

  private ApiResult<RevisionView> seen(Revised set, ApiResult<ApiObject> result) {
    if (result instanceof ApiResult.Ok<ApiObject>(ApiObject written)) {
      writes.expect(set.owner().key(), revisions, written);
    }
    return result.map(RevisionView::of);
  }

  /** A name that is taken is tried again with another hash, unless it says the same. */
  private ApiResult<History> make(Revised set, List<RevisionView> all, long number) {
    Owner owner = set.owner();
    ObjectNode data = TemplateData.of(set.template());
    int collisions = set.collisions();
    while (true) {
      ObjectNode revision = revision(set, number, collisions);
      String name = revision.path("metadata").path("name").asString("");
      ApiResult<RevisionView> made =
          seen(set, client.create(owner.beside(Kinds.REVISIONS), revision));
      if (!made.refusedFor(Reason.ALREADY_EXISTS)) {
        int count = collisions;
        return made.map(r -> new History(r, all, count));
      }
      ObjectKey key =
          new ObjectKey(Kinds.REVISIONS, owner.key().cluster(), owner.key().namespace(), name);
      ApiResult<RevisionView> present = client.get(key).map(RevisionView::of);
      if (present instanceof ApiResult.Ok<RevisionView>(RevisionView found)
          && found.says(data)
          && found
              .object()
              .meta()
              .controller()
              .filter(o -> o.uid().equals(owner.uid()))
              .isPresent()) {
        return ApiResult.ok(new History(found, all, collisions));
      }
      collisions++;
    }
  }

  private static ObjectNode revision(Revised set, long number, int collisions) {
    Owner owner = set.owner();
    String hash = TemplateHash.of(set.template(), collisions);
    ObjectNode revision =
        Owned.newObject(
            "apps/v1", "ControllerRevision", owner.key().namespace(), owner.reference());
    ObjectNode meta = revision.withObject("/metadata").put("name", owner.name() + "-" + hash);
    ObjectNode labels = meta.putObject("labels");
    set.template()
        .path("metadata")
        .path("labels")
        .forEachEntry((key, value) -> labels.set(key, value));
    labels.put(set.hashLabel(), hash);
    owner
        .object()
        .meta()
        .annotations()
        .forEach((key, value) -> meta.withObject("annotations").put(key, value));
    revision.set("data", TemplateData.of(set.template()));
    return revision.put("revision", number);
  }

  /**
   * Deletes the oldest revisions that are beyond the limit.
   *
   * @param live names of revisions that pods are of, or will be
   */
  public void truncate(Revised set, History history, Set<String> live) {
    List<RevisionView> old = new ArrayList<>(history.all());
    old.removeIf(r -> live.contains(r.name()) || r.name().equals(history.newest().name()));
    old.sort(Comparator.comparingLong(RevisionView::number));
    for (RevisionView revision : old.subList(0, Math.max(0, old.size() - set.limit()))) {
      ObjectKey key = revision.object().key();
      String uid = revision.object().meta().uid();
      if (client.delete(key, DeleteOptions.ofUid(uid)) instanceof ApiResult.Ok) {
        writes.expect(set.owner().key(), revisions, () -> revisions.get(key).isEmpty());
      }
    }
  }
}
