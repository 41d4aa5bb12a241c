package dev.argosy.server.trail;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.list.Collection;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.View;
import dev.argosy.server.request.ListQuery;
import dev.argosy.tenancy.audit.AuditPage;
import dev.argosy.tenancy.audit.AuditQuery;
import dev.argosy.tenancy.audit.AuditSearch;
import java.util.List;
import java.util.Optional;

/** The trail as AuditRecord objects: each cluster's own, in the platform's own cluster all. */
public final class AuditRecords implements Collection {

  public static final GroupResource RESOURCE =
      new GroupResource("audit.argosy.dev", "auditrecords");

  /** A page is never longer, as the trail may be. */
  private static final int MOST = 500;

  private final AuditSearch search;

  public AuditRecords(AuditSearch search) {
    this.search = search;
  }

  @Override
  public Page list(UserInfo user, View view, ListQuery query) {
    if (!query.labelSelector().isBlank()) {
      throw Status.badRequest(
              "audit records have no labels; select by fields, which are "
                  + RecordSelector.FIELD_NAMES)
          .asException();
    }
    AuditQuery wanted = RecordSelector.parse(query.fieldSelector(), only(view));
    Optional<AuditPage.Place> after = PlaceToken.decode(query.continueToken());
    int limit = query.limit() == 0 ? MOST : (int) Math.min(query.limit(), MOST);
    AuditPage page = TrailReads.of(() -> search.search(wanted, after, limit));
    List<ApiObject> items = page.entries().stream().map(RecordJson::object).toList();
    return new Page(items, 0, page.next().map(PlaceToken::encode).orElse(""), null);
  }

  @Override
  public Optional<ApiObject> find(UserInfo user, View view, String name) {
    Optional<String> only = only(view);
    return RecordName.parse(name)
        .filter(n -> only.isEmpty() || only.get().equals(n.cluster()))
        .flatMap(n -> TrailReads.of(() -> search.find(n.cluster(), n.sequence())))
        .map(RecordJson::object);
  }

  private static Optional<String> only(View view) {
    return view.allClusters() ? Optional.empty() : only(view.cluster());
  }

  /** The cluster whose records alone a cluster shows; empty for all. */
  static Optional<String> only(String asked) {
    return asked.equals(ClusterDirectory.ROOT) ? Optional.empty() : Optional.of(asked);
  }
}
