package dev.argosy.server.local;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.audit.AuditNotes;
import dev.argosy.server.connect.DocumentPath;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.dispatch.GatedReads;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.registry.Registry;
import dev.argosy.server.registry.Warnings;
import dev.argosy.server.registry.Write;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.RequestParser;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.server.request.WriteQuery.FieldValidation;
import dev.argosy.server.watch.WatchFeed;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One identity's client. What other API servers hold it gets, lists whole (selectors are not sent)
 * and deletes, no more.
 */
final class LocalApiClient implements ApiClient {

  private static final Map<String, String> SUBRESOURCE_VERBS =
      Map.of("status", "update", "scale", "update", "finalize", "update", "approval", "update");

  private final LocalApiClients.Parts parts;
  private final UserInfo user;
  private final WriteQuery way;
  private final LocalCalls calls;

  LocalApiClient(LocalApiClients.Parts parts, LocalCalls calls, UserInfo user, WriteQuery way) {
    this.parts = parts;
    this.user = user;
    this.way = way.byDefault(Managers.of(user));
    this.calls = calls;
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    Attributes asked = calls.asked("get", key, "");
    return calls.remote(asked)
        ? calls.elsewhere(asked, () -> parts.remote().get(user, key))
        : calls.call(asked, kind -> present(kind, key));
  }

  @Override
  public ApiResult<ObjectNode> get(ObjectKey key, String subresource) {
    return calls.call(
        calls.asked("get", key, subresource),
        kind -> {
          if (!kind.type().subresources().contains(subresource)) {
            throw RequestParser.notFound().asException();
          }
          ApiObject object = present(kind, key);
          return subresource.equals("scale") ? Registry.scale(kind, object) : object.tree();
        });
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    Attributes asked = calls.asked("list", scope, options.fieldSelector());
    if (calls.remote(asked)) {
      return calls.elsewhere(asked, () -> parts.remote().list(user, scope));
    }
    return calls.reading(
        asked,
        (kind, passed) -> {
          Page page = parts.gated().list(passed, view(kind, scope), Queries.list(options));
          return new ObjectList(page.items(), page.revision(), page.continueToken());
        });
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    return calls.reading(
        calls.asked("watch", scope, options.fieldSelector()),
        (kind, passed) ->
            new Stream(parts.gated().watch(passed, reading(kind, scope, Queries.watch(options)))));
  }

  private GatedReads.Reading reading(KindSchema kind, ResourceScope scope, ListQuery query) {
    return new GatedReads.Reading(
        view(kind, scope),
        Selection.parse(kind, query.labelSelector(), query.fieldSelector()),
        query);
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    return create(scope, object, way);
  }

  @Override
  public ApiResult<ApiObject> tryCreate(ResourceScope scope, ObjectNode object) {
    return create(
        scope,
        object,
        new WriteQuery(true, way.fieldValidation(), way.fieldManager(), way.force()));
  }

  private ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object, WriteQuery query) {
    return calls.audited(
        calls.asked("create", scope, ""),
        (kind, audit) -> {
          audit.requested(object);
          return parts
              .registry()
              .create(write(kind, scope, audit).with(query), DecodedBody.of(object))
              .object();
        });
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    return calls.audited(
        calls.asked("update", key, subresource),
        (kind, audit) -> {
          audit.requested(object);
          Write write = write(kind, key, subresource, audit);
          if (subresource.equals("scale")) {
            parts.registry().updateScale(write, DecodedBody.of(object));
            return present(kind, key);
          }
          return parts.registry().update(write, DecodedBody.of(object)).object();
        });
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    return calls.audited(
        calls.asked("patch", key, subresource),
        (kind, audit) -> {
          audit.requested(patch.body());
          Write write = write(kind, key, subresource, audit).with(options(patch));
          DecodedBody body = DecodedBody.of(patch.body());
          if (subresource.equals("scale")) {
            parts.registry().patchScale(write, patch.form(), body);
            return present(kind, key);
          }
          return parts.registry().patch(write, patch.form(), body).object();
        });
  }

  private WriteQuery options(Patch patch) {
    return new WriteQuery(false, FieldValidation.WARN, patch.fieldManager(), patch.force())
        .byDefault(Managers.of(user));
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    Attributes asked = calls.asked("delete", key, "");
    if (calls.remote(asked)) {
      return calls.elsewhere(asked, () -> parts.remote().delete(user, key, options));
    }
    return calls.audited(
        asked,
        (kind, audit) -> parts.registry().delete(write(kind, key, "", audit), options).object());
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    String verb = SUBRESOURCE_VERBS.getOrDefault(subresource, "create");
    return calls.audited(
        calls.asked(verb, key, subresource),
        (kind, audit) -> {
          audit.requested(body);
          Write write = write(kind, key, subresource, audit);
          return verb.equals("create")
              ? parts.registry().post(write, DecodedBody.of(body))
              : parts.registry().update(write, DecodedBody.of(body)).object().tree();
        });
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    return calls.audited(
        calls.asked("create", scope, ""),
        (kind, audit) -> {
          audit.requested(body);
          return parts.registry().review(write(kind, scope, audit), DecodedBody.of(body));
        });
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    return calls.call(
        calls.asked("get", pod, "log"), kind -> parts.logs().open(present(kind, pod), query));
  }

  @Override
  public ApiResult<InputStream> read(String cluster, String path, Map<String, String> query) {
    RequestInfo info = RequestParser.parse("GET", path, QueryParams.of(query));
    if (parts.remote().serves(cluster, info.group(), info.version())) {
      return calls.elsewhere(
          calls.asked(cluster, info),
          () -> new ByteArrayInputStream(parts.remote().read(user, cluster, info, query)));
    }
    return calls.elsewhere(
        calls.asked(cluster, path),
        () ->
            new ByteArrayInputStream(
                document(path).document(cluster, QueryParams.of(query)).body()));
  }

  private DocumentPath document(String path) {
    return parts.mounts().stream()
        .filter(mount -> mount.covers(path))
        .map(PathMount::handler)
        .filter(DocumentPath.class::isInstance)
        .map(DocumentPath.class::cast)
        .findFirst()
        .orElseThrow(() -> RequestParser.notFound().asException());
  }

  /** As new as the store is now; NotFound if there is none. */
  private ApiObject present(KindSchema kind, ObjectKey key) {
    ResourceScope scope = ResourceScope.namespace(key.resource(), key.cluster(), key.namespace());
    return parts.lister().get(user, view(kind, scope), key.name(), -1);
  }

  private View view(KindSchema kind, ResourceScope scope) {
    return scope.allClusters()
        ? View.ofAll(kind, scope.namespace())
        : View.of(kind, parts.gate().locate(scope.cluster()), scope.namespace());
  }

  private Write write(KindSchema kind, ResourceScope scope, AuditNotes notes) {
    return new Write(
        user, kind, scope.cluster(), scope.namespace(), "", "", way, new Warnings(), notes);
  }

  private Write write(KindSchema kind, ObjectKey key, String subresource, AuditNotes notes) {
    return new Write(
        user,
        kind,
        key.cluster(),
        key.namespace(),
        key.name(),
        subresource,
        way,
        new Warnings(),
        notes);
  }

  private record Stream(WatchFeed feed) implements WatchStream {
    @Override
    public List<WatchEvent> next() throws InterruptedException {
      return feed.next();
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
