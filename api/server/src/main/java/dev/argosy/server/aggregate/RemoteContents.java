package dev.argosy.server.aggregate;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.wire.WireObjects;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.aggregate.remote.RemoteFetch;
import dev.argosy.server.aggregate.remote.RemoteFetch.Asked;
import dev.argosy.server.aggregate.remote.RemoteFetch.Bounds;
import dev.argosy.server.aggregate.remote.RemoteFetch.Fetched;
import dev.argosy.server.connect.RemoteObjects;
import dev.argosy.server.discovery.RemoteVersion;
import dev.argosy.server.request.RequestInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What API servers hold, by what they said last of what they serve. */
final class RemoteContents implements RemoteObjects {

  private static final Bounds BOUNDS = new Bounds(32 * 1024 * 1024, Duration.ofSeconds(30));

  /** For what others wait for. */
  private static final Bounds QUICK = new Bounds(8 * 1024 * 1024, Duration.ofSeconds(5));

  private final Registrations registrations;
  private final RemoteDocuments documents;
  private final RemoteFetch fetch;

  RemoteContents(Registrations registrations, RemoteDocuments documents, RemoteFetch fetch) {
    this.registrations = registrations;
    this.documents = documents;
    this.fetch = fetch;
  }

  /** What is served in a cluster by others, the most important version of each resource first. */
  Stream<RemoteResource> resources(String cluster) {
    return documents.of(cluster).stream().flatMap(RemoteContents::resources);
  }

  private static Stream<RemoteResource> resources(RemoteVersion version) {
    return version
        .discovered()
        .path("resources")
        .valueStream()
        .map(resource -> RemoteResource.of(version.group(), version.version(), resource));
  }

  @Override
  public Optional<String> version(String cluster, GroupResource resource) {
    return resources(cluster)
        .filter(served -> served.resource().equals(resource))
        .map(RemoteResource::version)
        .findFirst();
  }

  @Override
  public ApiObject get(UserInfo user, ObjectKey key) {
    return WireObjects.object(key, ask(user, "GET", scope(key), key.name(), ""));
  }

  @Override
  public ObjectList list(UserInfo user, ResourceScope scope) {
    return WireObjects.list(scope, ask(user, "GET", scope, "", ""));
  }

  @Override
  public ApiObject delete(UserInfo user, ObjectKey key, DeleteOptions options) {
    JsonNode answer = ask(user, "DELETE", scope(key), key.name(), body(options));
    boolean gone = answer.path("kind").asString("").equals("Status");
    return WireObjects.object(key, gone ? named(key) : answer);
  }

  @Override
  public boolean serves(String cluster, String group, String version) {
    return registrations.find(cluster, group, version).isPresent();
  }

  @Override
  public byte[] read(UserInfo user, String cluster, RequestInfo asked, Map<String, String> query) {
    Registration registration =
        registrations
            .find(cluster, asked.group(), asked.version())
            .filter(Registration::available)
            .orElseThrow(() -> unavailable(asked.group() + "/" + asked.version()));
    return ask(registration, Asked.get(user, asked.path(), query), QUICK);
  }

  private static ResourceScope scope(ObjectKey key) {
    return ResourceScope.namespace(key.resource(), key.cluster(), key.namespace());
  }

  private static ObjectNode named(ObjectKey key) {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    return tree;
  }

  private static String body(DeleteOptions options) {
    ObjectNode body = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (options.gracePeriodSeconds() != null) {
      body.put("gracePeriodSeconds", options.gracePeriodSeconds());
    }
    if (options.propagation() != null) {
      body.put("propagationPolicy", options.propagation());
    }
    ObjectNode preconditions = Json.object();
    if (options.uid() != null) {
      preconditions.put("uid", options.uid());
    }
    if (options.resourceVersion() != null) {
      preconditions.put("resourceVersion", options.resourceVersion());
    }
    if (!preconditions.isEmpty()) {
      body.set("preconditions", preconditions);
    }
    return body.toString();
  }

  private JsonNode ask(
      UserInfo user, String method, ResourceScope scope, String name, String body) {
    Registration registration = registration(scope);
    Asked asked = Asked.of(user, method, path(registration, scope, name), body);
    return parse(ask(registration, asked, BOUNDS));
  }

  private byte[] ask(Registration registration, Asked asked, Bounds bounds) {
    try {
      Fetched answer = fetch.send(registration.server(), asked, bounds);
      if (answer.code() / 100 != 2) {
        throw WireObjects.status(parse(answer.body()), answer.code()).asException();
      }
      return answer.body();
    } catch (IOException e) {
      throw Status.of(
              Reason.SERVICE_UNAVAILABLE, registration.groupVersion() + ": " + e.getMessage())
          .asException();
    }
  }

  private Registration registration(ResourceScope scope) {
    GroupResource resource = scope.resource();
    return version(scope.cluster(), resource)
        .flatMap(version -> registrations.find(scope.cluster(), resource.group(), version))
        .filter(Registration::available)
        .orElseThrow(() -> unavailable(resource.toString()));
  }

  private static StatusException unavailable(String what) {
    return Status.of(Reason.SERVICE_UNAVAILABLE, what + ": service unavailable").asException();
  }

  private static String path(Registration registration, ResourceScope scope, String name) {
    String namespace = scope.namespace().isEmpty() ? "" : "/namespaces/" + scope.namespace();
    String object = name.isEmpty() ? "" : "/" + name;
    return registration.path() + namespace + "/" + scope.resource().resource() + object;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Json.mapper().readTree(body);
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }
}
