package dev.argosy.server.history;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.list.Collection;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.store.seal.SealedException;
import dev.argosy.tenancy.history.RecordedRevision;
import dev.argosy.tenancy.history.RevisionQuery;
import dev.argosy.tenancy.history.RevisionSearch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The history as ObjectRevision objects, the newest first; with their contents one by one. */
final class ObjectRevisions implements Collection {

  static final GroupResource RESOURCE = new GroupResource("history.argosy.dev", "objectrevisions");

  /** A page is never longer, as the history may be. */
  private static final int MOST = 500;

  /** How many pieces are looked through for what the user may see, before a page may be short. */
  private static final int PIECES = 20;

  private final RevisionBook book;

  ObjectRevisions(RevisionBook book) {
    this.book = book;
  }

  @Override
  public Page list(UserInfo user, View view, ListQuery query) {
    if (view.allClusters()) {
      throw Status.badRequest("object revisions are listed of one cluster").asException();
    }
    if (!query.labelSelector().isBlank()) {
      throw Status.badRequest(
              "object revisions have no labels; select by fields, which are "
                  + RevisionSelector.FIELD_NAMES)
          .asException();
    }
    RevisionQuery wanted = RevisionSelector.parse(query.fieldSelector(), book.of(view.cluster()));
    int limit = query.limit() == 0 ? MOST : (int) Math.min(query.limit(), MOST);
    Search search = new Search(wanted, book.seenBy(user), limit);
    Page page = search.from(start(query.continueToken()));
    if (search.found.isEmpty() && !book.mayLook(user, view.cluster())) {
      throw Status.forbidden(
              RESOURCE,
              "",
              "User \"" + user.name() + "\" may get nothing of this cluster, and see no past of it")
          .asException();
    }
    return page;
  }

  private static long start(String token) {
    if (token.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (!token.matches("[1-9][0-9]{0,17}")) {
      throw Status.badRequest("continue key is not valid").asException();
    }
    return Long.parseLong(token);
  }

  /** One page's search. */
  private final class Search {
    private final RevisionQuery wanted;
    private final SeenRevisions seen;
    private final int limit;
    private final List<RecordedRevision> found = new ArrayList<>();

    Search(RevisionQuery wanted, SeenRevisions seen, int limit) {
      this.wanted = wanted;
      this.seen = seen;
      this.limit = limit;
    }

    Page from(long start) {
      long below = start;
      for (int piece = 0; piece < PIECES && found.size() < limit; piece++) {
        long from = below;
        List<RecordedRevision> some =
            RevisionReads.of(() -> book.search().search(wanted, from, MOST));
        below = some.size() < MOST ? 0 : some.getLast().id();
        for (RecordedRevision revision : some) {
          if (found.size() == limit) {
            below = found.getLast().id();
            break;
          }
          if (seen.sees(revision)) {
            found.add(revision);
          }
        }
        if (below == 0) {
          break;
        }
      }
      return page(start, below);
    }

    /** With the gaps in their places; one at the very end of a page comes with the next. */
    private Page page(long start, long below) {
      List<RevisionSearch.Gap> gaps =
          RevisionReads.of(() -> book.search().gaps(below, start, wanted.oldest()));
      List<ApiObject> items = new ArrayList<>(found.size() + gaps.size());
      Iterator<RecordedRevision> revisions = found.iterator();
      RecordedRevision next = revisions.hasNext() ? revisions.next() : null;
      for (RevisionSearch.Gap gap : gaps) {
        while (next != null && next.id() > gap.id()) {
          items.add(item(RevisionJson.of(next)));
          next = revisions.hasNext() ? revisions.next() : null;
        }
        items.add(item(RevisionJson.of(gap)));
      }
      while (next != null) {
        items.add(item(RevisionJson.of(next)));
        next = revisions.hasNext() ? revisions.next() : null;
      }
      return new Page(items, 0, below == 0 ? "" : Long.toString(below), null);
    }

    private ApiObject item(ObjectNode json) {
      return RevisionJson.object(wanted.cluster(), json);
    }
  }

  @Override
  public Optional<ApiObject> find(UserInfo user, View view, String name) {
    return book.find(user, view.cluster(), name)
        .map(revision -> RevisionJson.object(view.cluster(), whole(revision)));
  }

  private ObjectNode whole(RecordedRevision revision) {
    ObjectNode json = RevisionJson.of(revision);
    if (revision.content() != null) {
      try {
        json.set("content", book.contents().of(revision));
      } catch (SealedException e) {
        json.put("trouble", e.getMessage());
      }
    }
    return json;
  }
}
