package dev.argosy.model.client.fake;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One identity's view of a {@link FakeApi}. */
public final class FakeApiClient implements ApiClient {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final FakeApi api;
  private final String user;
  private final @Nullable Fence fence;

  FakeApiClient(FakeApi api, String user, @Nullable Fence fence) {
    this.api = api;
    this.user = user;
    this.fence = fence;
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    return serve("get", key.resource(), key.name(), () -> present(key));
  }

  @Override
  public ApiResult<ObjectNode> get(ObjectKey key, String subresource) {
    return serve(
        "get",
        key.resource(),
        key.name(),
        () -> {
          ApiObject object = present(key);
          return subresource.equals("scale") ? FakeScale.of(object) : object.tree();
        });
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    return serve("list", scope.resource(), "", () -> page(scope, options));
  }

  private ObjectList page(ResourceScope scope, ListOptions options) {
    FakeSelection selection = new FakeSelection(options.labelSelector(), options.fieldSelector());
    List<ApiObject> all = api.store.list(scope).stream().filter(selection::matches).toList();
    int from = options.continueToken().isEmpty() ? 0 : Integer.parseInt(options.continueToken());
    int start = Math.min(from, all.size());
    int end = options.limit() == 0 ? all.size() : Math.min(all.size(), start + options.limit());
    return new ObjectList(
        all.subList(start, end),
        api.store.revision(),
        end < all.size() ? Integer.toString(end) : "");
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    return serve("watch", scope.resource(), "", () -> new FakeWatch(api.store, scope, options));
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    String given = object.path("metadata").path("name").asString("");
    return serve("create", scope.resource(), given, () -> createNow(scope, object));
  }

  /** Rules are those of {@link #create}; what is answered is nowhere. */
  @Override
  public ApiResult<ApiObject> tryCreate(ResourceScope scope, ObjectNode object) {
    return serve(
        "tryCreate",
        scope.resource(),
        "",
        () -> {
          checkNamespace(scope);
          ObjectNode tree = api.rules.prepareCreate(scope.resource(), scope.namespace(), object);
          String name = tree.at("/metadata/name").asString("tried");
          ObjectKey key = new ObjectKey(scope.resource(), scope.cluster(), scope.namespace(), name);
          return ApiObject.ofWire(key, 1, Json.canonical(tree));
        });
  }

  private ApiObject createNow(ResourceScope scope, ObjectNode object) {
    if (!object.path("metadata").path("resourceVersion").asString("").isEmpty()) {
      throw new StatusException(
          Status.badRequest("resourceVersion should not be set on objects to be created"));
    }
    checkNamespace(scope);
    ObjectNode tree = api.rules.prepareCreate(scope.resource(), scope.namespace(), object);
    ObjectNode meta = tree.withObject("/metadata");
    if (meta.path("name").asString("").isEmpty()) {
      String prefix = meta.path("generateName").asString("");
      if (prefix.isEmpty()) {
        throw new StatusException(Status.of(Reason.INVALID, "name or generateName is required"));
      }
      meta.put("name", prefix + UUID.randomUUID().toString().substring(0, 5));
    }
    String name = meta.path("name").asString("");
    ObjectKey key = new ObjectKey(scope.resource(), scope.cluster(), scope.namespace(), name);
    if (api.store.get(key) != null) {
      throw new StatusException(Status.alreadyExists(scope.resource(), name));
    }
    wrote("create", key);
    ApiObject made = api.store.put(key, tree);
    FakeAnswer answer = api.answers.get(scope.resource() + "/create");
    return answer == null
        ? made
        : ApiObject.ofWire(
            key, made.revision(), Json.canonical(answer.to(request("create", key), made.tree())));
  }

  private void checkNamespace(ResourceScope scope) {
    if (scope.namespace().isEmpty()) {
      return;
    }
    ApiObject namespace =
        present(new ObjectKey(NAMESPACES, scope.cluster(), "", scope.namespace()));
    if (namespace.meta().deleting()) {
      throw new StatusException(
          Status.about(
              Reason.FORBIDDEN,
              scope.resource(),
              "",
              "unable to create new content in namespace "
                  + scope.namespace()
                  + " because it is being terminated"));
    }
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    return serve(
        "update", key.resource(), key.name(), () -> updateNow("update", key, subresource, object));
  }

  private ApiObject updateNow(String verb, ObjectKey key, String subresource, ObjectNode object) {
    ApiObject current = present(key);
    String version = object.path("metadata").path("resourceVersion").asString("");
    if (!version.isEmpty() && !version.equals(Long.toString(current.revision()))) {
      throw new StatusException(Status.stale(key.resource(), key.name()));
    }
    String uid = object.path("metadata").path("uid").asString("");
    if (!uid.isEmpty() && !uid.equals(current.meta().uid())) {
      throw new StatusException(
          Status.conflict(key.resource(), key.name(), "Precondition failed: UID in precondition"));
    }
    ObjectNode before = current.tree();
    before.withObject("/metadata").remove("resourceVersion");
    ObjectNode next = api.rules.prepareUpdate(key.resource(), subresource, object, before);
    if (next.equals(before)) {
      return current;
    }
    wrote(verb, key);
    ApiObject written = api.store.put(key, next);
    return FakeRules.mayGo(key.resource(), next) ? api.store.remove(key) : written;
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    return serve(
        "patch",
        key.resource(),
        key.name(),
        () -> {
          ObjectNode patched = FakePatches.apply(present(key).tree(), patch);
          return updateNow("patch", key, subresource, patched);
        });
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    return serve("delete", key.resource(), key.name(), () -> deleteNow(key, options));
  }

  private ApiObject deleteNow(ObjectKey key, DeleteOptions options) {
    ApiObject current = present(key);
    String uid = options.uid();
    String version = options.resourceVersion();
    if ((uid != null && !uid.equals(current.meta().uid()))
        || (version != null && !version.equals(Long.toString(current.revision())))) {
      throw new StatusException(Status.conflict(key.resource(), key.name(), "Precondition failed"));
    }
    ObjectNode tree = current.tree();
    boolean changed = api.rules.markDeleted(key.resource(), tree, options);
    if (FakeRules.mayGo(key.resource(), tree)) {
      wrote("delete", key);
      return api.store.remove(key);
    }
    if (changed) {
      wrote("delete", key);
      return api.store.put(key, tree);
    }
    return current;
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    return serve(subresource, key.resource(), key.name(), () -> postNow(key, subresource, body));
  }

  private ObjectNode postNow(ObjectKey key, String subresource, ObjectNode body) {
    FakeAnswer answer = api.answers.get(key.resource() + "/" + subresource);
    if (answer != null) {
      return answer.to(request(subresource, key), body);
    }
    switch (subresource) {
      case "binding" -> bind(key, body);
      case "eviction" -> deleteNow(key, DeleteOptions.DEFAULT);
      case "restore" -> api.store.put(key, FakeRules.restored(present(key).tree()));
      default -> throw new StatusException(Status.notFound(key.resource(), key.name()));
    }
    ObjectNode success = Json.object();
    return success.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
  }

  private void bind(ObjectKey key, ObjectNode binding) {
    ApiObject current = present(key);
    ObjectNode pod = current.tree();
    String node = binding.path("target").path("name").asString("");
    String uid = binding.path("metadata").path("uid").asString("");
    if (!uid.isEmpty() && !uid.equals(current.meta().uid())) {
      throw new StatusException(
          Status.conflict(key.resource(), key.name(), "Precondition failed: UID in precondition"));
    }
    if (pod.path("metadata").has("deletionTimestamp")) {
      throw new StatusException(
          Status.conflict(
              key.resource(),
              key.name(),
              "pod " + key.name() + " is being deleted, cannot be assigned to a host"));
    }
    String already = pod.path("spec").path("nodeName").asString("");
    if (!already.isEmpty()) {
      throw new StatusException(
          Status.conflict(
              key.resource(),
              key.name(),
              "pod " + key.name() + " is already assigned to node \"" + already + "\""));
    }
    api.rules.bind(pod, node);
    wrote("binding", key);
    api.store.put(key, pod);
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    return serve(
        "review",
        scope.resource(),
        "",
        () -> {
          FakeAnswer answer = api.answers.get(scope.resource() + "/");
          if (answer != null) {
            return answer.to(request("review", scope, ""), body);
          }
          body.putObject("status").put("allowed", true);
          return body;
        });
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    return serve(
        "log",
        pod.resource(),
        pod.name(),
        () -> {
          present(pod);
          return new ByteArrayInputStream(
              api.logs.getOrDefault(pod, "").getBytes(StandardCharsets.UTF_8));
        });
  }

  @Override
  public ApiResult<InputStream> read(String cluster, String path, Map<String, String> query) {
    GroupResource asked = new GroupResource("", path);
    return serve(
        "get",
        asked,
        "",
        () -> {
          FakeDocument document = api.documents.get(path);
          if (document == null) {
            throw new StatusException(
                Status.of(Reason.NOT_FOUND, "the server could not find the requested resource"));
          }
          return new ByteArrayInputStream(
              document.of(cluster, query).getBytes(StandardCharsets.UTF_8));
        });
  }

  private ApiObject present(ObjectKey key) {
    ApiObject object = api.store.get(key);
    if (object == null) {
      throw new StatusException(Status.notFound(key.resource(), key.name()));
    }
    return object;
  }

  private FakeRequest request(String verb, ObjectKey key) {
    ResourceScope scope = ResourceScope.namespace(key.resource(), key.cluster(), key.namespace());
    return request(verb, scope, key.name());
  }

  private FakeRequest request(String verb, ResourceScope scope, String name) {
    return new FakeRequest(user, verb, scope.resource(), scope.cluster(), scope.namespace(), name);
  }

  /** Called before every change of the store. */
  private void wrote(String verb, ObjectKey key) {
    ApiObject stands = fence == null ? null : api.store.get(fence.key());
    if (fence != null && (stands == null || stands.revision() != fence.revision())) {
      throw new StatusException(
          Status.conflict(key.resource(), key.name(), "another leads meanwhile"));
    }
    api.writes.add(request(verb, key));
  }

  private <T> ApiResult<T> serve(
      String verb, GroupResource resource, String name, Supplier<? extends T> request) {
    api.store.lock.lock();
    try {
      var refusal = api.fault.refuse(verb, resource, name);
      if (refusal.isPresent()) {
        return ApiResult.refused(refusal.get());
      }
      T answer = request.get();
      var lost = api.fault.lose(verb, resource, name);
      return lost.isPresent() ? ApiResult.refused(lost.get()) : ApiResult.ok(answer);
    } catch (StatusException e) {
      return ApiResult.refused(e.status());
    } finally {
      api.store.lock.unlock();
    }
  }
}
