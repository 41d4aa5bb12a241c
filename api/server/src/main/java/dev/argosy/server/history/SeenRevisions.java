package dev.argosy.server.history;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.KindTables;
import dev.argosy.tenancy.history.RecordedRevision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which revisions somebody may see: those of objects that they may get. In the platform's own
 * cluster single objects are got for what they say, so what had an object's name before it, and may
 * have been another's, is not seen with it. Belongs to one request and remembers what it asked.
 */
final class SeenRevisions {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final Authorizer authorizer;
  private final KindTables kinds;
  private final Function<ObjectKey, Optional<ApiObject>> present;
  private final UserInfo user;
  private final Map<Place, Boolean> known = new HashMap<>();

  /**
   * What is asked for.
   *
   * @param name empty for all of a namespace
   */
  private record Place(GroupResource resource, String cluster, String namespace, String name) {}

  SeenRevisions(Authorizer authorizer, RevisionBook.Reading reading, UserInfo user) {
    this.authorizer = authorizer;
    this.kinds = reading.kinds();
    this.present = reading.present();
    this.user = user;
  }

  boolean sees(RecordedRevision revision) {
    ObjectKey key = revision.key();
    return sees(key, "") || (sees(key, key.name()) && ofPresent(revision));
  }

  private boolean ofPresent(RecordedRevision revision) {
    ObjectKey key = revision.key();
    return !key.cluster().equals(ClusterDirectory.ROOT)
        || present
            .apply(key)
            .filter(object -> object.meta().uid().equals(revision.of().uid()))
            .isPresent();
  }

  private boolean sees(ObjectKey key, String name) {
    Place place = new Place(key.resource(), key.cluster(), key.namespace(), name);
    return known.computeIfAbsent(place, this::mayGet);
  }

  private boolean mayGet(Place place) {
    GroupResource resource = place.resource();
    String version =
        kinds.of(place.cluster()).preferred(resource).map(kind -> kind.type().version()).orElse("");
    String namespace = resource.equals(NAMESPACES) ? place.name() : place.namespace();
    return authorizer
        .authorize(
            new Attributes(
                user,
                place.cluster(),
                "get",
                resource.group(),
                version,
                resource.resource(),
                "",
                namespace,
                place.name(),
                ""))
        .allowed();
  }
}
