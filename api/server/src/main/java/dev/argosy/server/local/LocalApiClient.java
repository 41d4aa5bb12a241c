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
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.AuditRecord;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.dispatch.Gate;
import dev.argosy.server.list.Page;
import dev.argosy.server.list.Selection;
import dev.argosy.server.list.View;
import dev.argosy.server.registry.Warnings;
import dev.argosy.server.registry.Write;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.request.RequestParser;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.server.watch.WatchFeed;
import dev.argosy.store.spi.StoreUnavailableException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** One identity's client. Each call: authorize, locate the cluster, do it, tell the audit trail. */
final class LocalApiClient implements ApiClient {

  private static final Map<String, String> SUBRESOURCE_VERBS =
      Map.of("status", "update", "scale", "update", "finalize", "update", "approval", "update");

  private final LocalApiClients.Parts parts;
  private final UserInfo user;

  LocalApiClient(LocalApiClients.Parts parts, UserInfo user) {
    this.parts = parts;
    this.user = user;
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    return call(
        asked("get", key, ""),
        kind -> parts.lister().get(view(kind, key.cluster(), key.namespace()), key.name(), -1));
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    return call(
        asked("list", scope, options.fieldSelector()),
        kind -> {
          ListQuery query = Queries.list(options);
          Page page =
              parts
                  .lister()
                  .list(
                      view(kind, scope.cluster(), scope.namespace()),
                      Selection.parse(kind, query.labelSelector(), query.fieldSelector()),
                      query);
          return new ObjectList(page.items(), page.revision(), page.continueToken());
        });
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    return call(
        asked("watch", scope, options.fieldSelector()),
        kind -> {
          ListQuery query = Queries.watch(options);
          View view = view(kind, scope.cluster(), scope.namespace());
          Selection selection = Selection.parse(kind, query.labelSelector(), query.fieldSelector());
          return new Stream(parts.watches().open(view, selection, query));
        });
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    return call(
        asked("create", scope, ""),
        kind ->
            parts
                .registry()
                .create(
                    write(kind, scope.cluster(), scope.namespace(), "", ""), DecodedBody.of(object))
                .object());
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    return call(
        asked("update", key, subresource),
        kind -> {
          Write write = write(kind, key, subresource);
          if (subresource.equals("scale")) {
            parts.registry().updateScale(write, DecodedBody.of(object));
            return parts.lister().get(view(kind, key.cluster(), key.namespace()), key.name(), -1);
          }
          return parts.registry().update(write, DecodedBody.of(object)).object();
        });
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    return call(
        asked("patch", key, subresource),
        kind -> {
          Write write = write(kind, key, subresource);
          if (subresource.equals("scale")) {
            parts.registry().patchScale(write, patch);
            return parts.lister().get(view(kind, key.cluster(), key.namespace()), key.name(), -1);
          }
          return parts.registry().patch(write, patch);
        });
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    return call(
        asked("delete", key, ""),
        kind -> parts.registry().delete(write(kind, key, ""), options).object());
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    String verb = SUBRESOURCE_VERBS.getOrDefault(subresource, "create");
    return call(
        asked(verb, key, subresource),
        kind -> {
          Write write = write(kind, key, subresource);
          return verb.equals("create")
              ? parts.registry().post(write, DecodedBody.of(body))
              : parts.registry().update(write, DecodedBody.of(body)).object().tree();
        });
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    return call(
        asked("create", scope, ""),
        kind ->
            parts
                .registry()
                .review(
                    write(kind, scope.cluster(), scope.namespace(), "", ""), DecodedBody.of(body)));
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    return call(
        asked("get", pod, "log"),
        kind -> {
          ApiObject object =
              parts.lister().get(view(kind, pod.cluster(), pod.namespace()), pod.name(), -1);
          return parts.logs().open(object, query);
        });
  }

  private <T> ApiResult<T> call(Attributes asked, Function<KindSchema, T> action) {
    Instant received = parts.clock().instant();
    ApiResult<T> result = guarded(() -> action.apply(pass(asked)));
    int code = result instanceof ApiResult.Refused<T>(Status status) ? status.code() : 200;
    parts
        .audit()
        .record(
            new AuditRecord(
                UUID.randomUUID().toString(),
                received,
                Duration.between(received, parts.clock().instant()),
                asked,
                null,
                code,
                "",
                ""));
    return result;
  }

  private static <T> ApiResult<T> guarded(Supplier<T> action) {
    try {
      return ApiResult.ok(action.get());
    } catch (StatusException e) {
      return ApiResult.refused(e.status());
    } catch (StoreUnavailableException e) {
      return ApiResult.refused(
          Status.of(Reason.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage())).withRetryAfter(1));
    }
  }

  /** The gate; then the kind that is asked for. */
  private KindSchema pass(Attributes asked) {
    parts.gate().authorize(asked);
    boolean all = asked.cluster().equals("*");
    if (all) {
      Gate.requireWildcardVerb(asked.verb());
    } else {
      parts.gate().locate(asked.cluster());
    }
    GroupResource resource = new GroupResource(asked.group(), asked.resource());
    KindSchema kind =
        kind(asked.cluster(), resource).orElseThrow(() -> RequestParser.notFound().asException());
    boolean write = !Set.of("get", "list", "watch").contains(asked.verb());
    if (write && View.projects(resource, asked.cluster())) {
      throw Status.forbidden(resource, asked.name(), "nodes belong to the platform").asException();
    }
    return kind;
  }

  private Optional<KindSchema> kind(String cluster, GroupResource resource) {
    String table = cluster.equals("*") ? ClusterDirectory.ROOT : cluster;
    return parts.kinds().of(table).preferred(resource);
  }

  private View view(KindSchema kind, String cluster, String namespace) {
    return cluster.equals(ResourceScope.ALL)
        ? View.ofAll(kind, namespace)
        : View.of(kind, parts.gate().locate(cluster), namespace);
  }

  private Attributes asked(String verb, ObjectKey key, String subresource) {
    return asked(verb, key.resource(), subresource, key.cluster(), key.namespace(), key.name());
  }

  private Attributes asked(String verb, ResourceScope scope, String fieldSelector) {
    String cluster = scope.allClusters() ? "*" : scope.cluster();
    return asked(verb, scope.resource(), "", cluster, scope.namespace(), name(fieldSelector));
  }

  private Attributes asked(
      String verb,
      GroupResource resource,
      String subresource,
      String cluster,
      String namespace,
      String name) {
    boolean aNamespace = resource.equals(new GroupResource("", "namespaces"));
    String version = kind(cluster, resource).map(k -> k.type().version()).orElse("");
    return new Attributes(
        user,
        cluster,
        verb,
        resource.group(),
        version,
        resource.resource(),
        subresource,
        aNamespace ? name : namespace,
        name,
        "");
  }

  private static String name(String fieldSelector) {
    try {
      return FieldSelector.parse(fieldSelector).exact("metadata.name").orElse("");
    } catch (SelectorSyntaxException e) {
      return "";
    }
  }

  private Write write(KindSchema kind, ObjectKey key, String subresource) {
    return write(kind, key.cluster(), key.namespace(), key.name(), subresource);
  }

  private Write write(
      KindSchema kind, String cluster, String namespace, String name, String subresource) {
    return new Write(
        user, kind, cluster, namespace, name, subresource, WriteQuery.DEFAULT, new Warnings());
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
