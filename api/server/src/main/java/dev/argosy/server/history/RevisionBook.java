package dev.argosy.server.history;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.history.RecordedRevision;
import dev.argosy.tenancy.history.RevisionQuery;
import dev.argosy.tenancy.history.RevisionSearch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was recorded, as people may see it: not longer than their cluster keeps it, and of what they
 * may get.
 *
 * @param kept how long a cluster's revisions are kept after they were replaced
 */
record RevisionBook(
    RevisionSearch search,
    Function<String, Duration> kept,
    Clock clock,
    Authorizer authorizer,
    Reading reading,
    Contents contents) {

  static RevisionBook of(
      RevisionSearch search,
      Function<String, Duration> kept,
      Clock clock,
      Authorizer authorizer,
      Reading reading) {
    return new RevisionBook(
        search, kept, clock, authorizer, reading, new Contents(reading.vault(), reading.kinds()));
  }

  /**
   * What contents are read with.
   *
   * @param present an object as it is now
   */
  record Reading(Vault vault, KindTables kinds, Function<ObjectKey, Optional<ApiObject>> present) {}

  /** All that a cluster still shows. */
  RevisionQuery of(String cluster) {
    return RevisionQuery.of(cluster, clock.instant().minus(kept.apply(cluster)));
  }

  SeenRevisions seenBy(UserInfo user) {
    return new SeenRevisions(authorizer, reading, user);
  }

  /**
   * Whether somebody who sees nothing of a cluster may know that. In the platform's own cluster,
   * where everybody is, those may who have a role there.
   */
  boolean mayLook(UserInfo user, String cluster) {
    GroupResource revisions = ObjectRevisions.RESOURCE;
    Attributes all =
        new Attributes(
            user,
            cluster,
            "list",
            revisions.group(),
            "v1",
            revisions.resource(),
            "all",
            "",
            "",
            "");
    return !cluster.equals(ClusterDirectory.ROOT) || authorizer.authorize(all).allowed();
  }

  /** A revision with its content, if there is one of that name that the user may see. */
  Optional<RecordedRevision> find(UserInfo user, String cluster, String name) {
    Optional<RevisionName> wanted = RevisionName.parse(name);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    long revision = wanted.get().revision();
    List<RecordedRevision> all = RevisionReads.of(() -> search.at(of(cluster), revision));
    SeenRevisions seen = seenBy(user);
    return all.stream()
        .filter(found -> RevisionName.of(found.key(), revision).equals(wanted.get()))
        .filter(seen::sees)
        .findFirst();
  }

  /** The same; NotFound if there is none. */
  RecordedRevision get(UserInfo user, String cluster, String name) {
    return find(user, cluster, name)
        .orElseThrow(() -> Status.notFound(ObjectRevisions.RESOURCE, name).asException());
  }
}
