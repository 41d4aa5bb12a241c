package dev.argosy.server.access;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Objects that a test puts there. */
public final class ObjectsInMemory implements ObjectLookup {

  private final Map<ObjectKey, ApiObject> objects = new ConcurrentHashMap<>();

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** Puts an object with metadata and whatever the change adds. */
  public ApiObject put(ObjectKey key, String uid, Consumer<ObjectNode> change) {
    ObjectNode object = Json.object();
    object.put("apiVersion", "v1").put("kind", "Any");
    ObjectNode meta = object.putObject("metadata");
    meta.put("name", key.name()).put("namespace", key.namespace()).put("uid", uid);
    change.accept(object);
    ApiObject stored = ApiObject.ofStored(key, 1, Json.canonical(object));
    objects.put(key, stored);
    return stored;
  }

  public static ObjectKey key(String resource, String cluster, String namespace, String name) {
    return new ObjectKey(new GroupResource("", resource), cluster, namespace, name);
  }

  public void remove(ObjectKey key) {
    objects.remove(key);
  }
}
