package dev.argosy.server.list;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.registry.StoreRouter;
import dev.argosy.server.request.ListQuery;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists collections out of the watch caches.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">
 *     Resource versions</a>
 */
public final class Lister {

  /** How long a read waits for the cache to reach the revision that it needs. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ResourceCaches caches;
  private final StoreRouter stores;
  private final Presets presets;
  private final Map<GroupResource, Collection> collections;

  /**
   * A lister.
   *
   * @param stores where states are read that the caches no longer, or not yet, keep
   * @param collections kinds that are kept in no store
   */
  public Lister(
      ResourceCaches caches,
      StoreRouter stores,
      Presets presets,
      Map<GroupResource, Collection> collections) {
    this.caches = caches;
    this.stores = stores;
    this.presets = presets;
    this.collections = Map.copyOf(collections);
  }

  /** A view of one cluster with the cluster's presets; views of all clusters show none. */
  public View withPresets(View view) {
    return view.allClusters()
        ? view
        : view.with(presets.of(view.kind().storage(), view.cluster(), view.namespace()));
  }

  /**
   * Has the history of a kind kept from now on, so that who is about to create an object can watch
   * from its revision on. Does not wait.
   */
  public void prepare(KindSchema kind) {
    caches.of(kind.storage());
  }

  public WatchCache cache(View view) {
    return caches.of(view.kind().storage());
  }

  /**
   * One object of a view; NotFound if it does not have it.
   *
   * @param user who asks
   * @param revision as of {@link #atLeast}
   */
  public ApiObject get(UserInfo user, View view, String name, long revision) {
    Optional<Collection> collection = collection(view);
    return (collection.isPresent()
            ? collection.get().find(user, view, name)
            : kept(view, name, revision))
        .orElseThrow(() -> Status.notFound(view.kind().type().groupResource(), name).asException());
  }

  private Optional<ApiObject> kept(View view, String name, long revision) {
    return atLeast(cache(view), revision)
        .get(view.key(name))
        .or(() -> presets.find(view.key(name)))
        .filter(view.visible())
        .map(view::shown);
  }

  /** Where the objects of a view are, if they are kept in no store. */
  public Optional<Collection> collection(View view) {
    return Optional.ofNullable(collections.get(view.kind().type().groupResource()));
  }

  /**
   * A page of a view of what is kept in a store.
   *
   * @throws dev.argosy.model.status.StatusException Expired, Timeout, BadRequest
   */
  public Page list(View stored, Selection selection, ListQuery query) {
    View view = withPresets(stored);
    if (query.continueToken().isEmpty()) {
      return page(view, selection, query, start(view, selection, query));
    }
    if (!query.resourceVersion().isEmpty() && !query.resourceVersion().equals("0")) {
      throw Status.badRequest("specifying resource version is not allowed when using continue")
          .asException();
    }
    ContinueToken token = ContinueToken.decode(query.continueToken(), view);
    return page(view, selection, query, goOn(view, selection, token));
  }

  /**
   * A state that is new enough.
   *
   * @param revision -1: as new as the store is now; 0: any; else at least this
   * @throws dev.argosy.model.status.StatusException Timeout if the revision is not reached in time
   */
  public static CacheSnapshot atLeast(WatchCache cache, long revision) {
    if (revision < 0) {
      return cache.currentSnapshot(patience());
    }
    if (revision > 0 && !cache.awaitRevision(revision, patience())) {
      throw tooLarge(revision, cache.snapshot().revision()).asException();
    }
    return cache.snapshot();
  }

  private static Duration patience() {
    return Deadline.current().atMost(PATIENCE);
  }

  /** The client has seen a state that this server has not reached. */
  private static Status tooLarge(long wanted, long current) {
    return Status.of(
            Reason.TIMEOUT,
            "Timeout: Too large resource version: " + wanted + ", current: " + current)
        .withCauses(List.of(new Cause("ResourceVersionTooLarge", "Too large resource version", "")))
        .withRetryAfter(1);
  }

  /** The objects of a state that a selection may mean; what it does not mean is not left out. */
  public Iterator<ApiObject> candidates(View view, Selection selection, CacheSnapshot snapshot) {
    return Candidates.of(view, selection, snapshot, null).objects();
  }

  private Candidates start(View view, Selection selection, ListQuery query) {
    long revision = query.revision();
    boolean exact =
        query.exact()
            || query.resourceVersionMatch().isEmpty() && revision > 0 && query.limit() > 0;
    CacheSnapshot present = atLeast(cache(view), revision);
    return exact
        ? at(view, selection, revision, null).orElseThrow(() -> expired("").asException())
        : Candidates.of(view, selection, present, null);
  }

  private Candidates goOn(View view, Selection selection, ContinueToken token) {
    ObjectKey after = token.key(view);
    if (token.revision() == ContinueToken.NOW) {
      return Candidates.of(view, selection, cache(view).currentSnapshot(patience()), after);
    }
    Optional<Candidates> kept = at(view, selection, token.revision(), after);
    return kept.orElseThrow(() -> expired(token.now().encode(view)).asException());
  }

  /** The state at a revision: from the cache, or from the store's history if that still has it. */
  private Optional<Candidates> at(
      View view, Selection selection, long revision, @Nullable ObjectKey after) {
    Optional<CacheSnapshot> kept = cache(view).snapshotAt(revision);
    return kept.isPresent()
        ? kept.map(snapshot -> Candidates.of(view, selection, snapshot, after))
        : Candidates.ofHistory(view, stores.of(view.kind().storage()), revision, after);
  }

  /** The state asked for is no longer kept; the token, if any, goes on with the present one. */
  private static Status expired(String token) {
    if (token.isEmpty()) {
      return Status.of(Reason.EXPIRED, "The resourceVersion for the provided list is too old.");
    }
    return Status.of(
            Reason.EXPIRED,
            "The provided continue parameter is too old to display a consistent list result. Start"
                + " again without it, or go on, inconsistently, with the continue token of this"
                + " response.")
        .withContinue(token);
  }

  private static Page page(View view, Selection selection, ListQuery query, Candidates candidates) {
    long limit = query.limit() == 0 ? Long.MAX_VALUE : query.limit();
    boolean all = selection.everything() && !view.projected() && view.reach().whole();
    Iterator<ApiObject> objects = candidates.objects();
    List<ApiObject> items =
        new ArrayList<>(all ? (int) Math.min(limit, candidates.count(view)) : 16);
    while (objects.hasNext()) {
      ApiObject object = objects.next();
      if (!all && !(view.visible().test(object) && selection.matches(object))) {
        continue;
      }
      if (items.size() == limit) {
        return cut(view, selection, candidates, items);
      }
      items.add(object);
    }
    return new Page(view.shownAll(items), candidates.revision(), "", null);
  }

  private static Page cut(
      View view, Selection selection, Candidates candidates, List<ApiObject> items) {
    ObjectKey last = items.getLast().key();
    String token = ContinueToken.after(candidates.revision(), last).encode(view);
    boolean countable = selection.everything() && !view.projected() && view.presets().isEmpty();
    return new Page(
        view.shownAll(items),
        candidates.revision(),
        token,
        countable ? candidates.countAfter(view, last) : null);
  }
}
