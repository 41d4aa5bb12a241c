package dev.argosy.server.custom.kind;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * From the kept form of objects to one version and back. What was written with the present schema
 * in this version is shown as it is kept, unread; everything else is converted once and remembered
 * as long as that revision of the object lives.
 */
final class StoredForm {

  private final Map<ApiObject, ApiObject> made = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<String, ObjectForm> forms;
  private final Conversions conversions;
  private final String apiVersion;
  private final String storageVersion;
  private final long since;

  /**
   * The forms of one version.
   *
   * @param forms of all versions, by {@code GROUP/VERSION}
   * @param apiVersion the version in which objects are shown
   * @param storageVersion the version in which they are kept from now on
   * @param since from which revision on objects were written with the present schemas
   */
  StoredForm(
      Map<String, ObjectForm> forms,
      Conversions conversions,
      String apiVersion,
      String storageVersion,
      long since) {
    this.forms = Map.copyOf(forms);
    this.conversions = conversions;
    this.apiVersion = apiVersion;
    this.storageVersion = storageVersion;
    this.since = since;
  }

  ObjectNode toStored(ObjectNode object) {
    return apiVersion.equals(storageVersion)
        ? object
        : conversions.convert(object.deepCopy(), storageVersion);
  }

  ObjectNode fromStored(ObjectNode object) {
    return completed(conversions.convert(prepared(object), apiVersion));
  }

  /** Written before the present schema, or in a version that is no more. */
  private ObjectNode prepared(ObjectNode object) {
    ObjectForm own = forms.get(object.path("apiVersion").asString(""));
    if (own != null) {
      own.complete(object);
    }
    return object;
  }

  private ObjectNode completed(ObjectNode object) {
    ObjectForm own = forms.get(apiVersion);
    if (own != null) {
      own.complete(object);
    }
    return object;
  }

  ApiObject shown(ApiObject object) {
    return asItIs(object) ? object : shownAll(List.of(object)).getFirst();
  }

  List<ApiObject> shownAll(List<ApiObject> objects) {
    List<ApiObject> open = new ArrayList<>();
    List<ObjectNode> trees = new ArrayList<>();
    for (ApiObject object : objects) {
      if (!asItIs(object) && made.get(object) == null) {
        open.add(object);
        trees.add(prepared(object.tree()));
      }
    }
    List<ObjectNode> converted = conversions.convert(trees, apiVersion);
    Map<ApiObject, ApiObject> fresh = new java.util.IdentityHashMap<>();
    for (int i = 0; i < open.size(); i++) {
      ApiObject object = open.get(i);
      fresh.put(object, shown(object, completed(converted.get(i))));
    }
    made.putAll(fresh);
    return objects.stream().map(object -> result(object, fresh)).toList();
  }

  private ApiObject result(ApiObject object, Map<ApiObject, ApiObject> fresh) {
    if (asItIs(object)) {
      return object;
    }
    @Nullable ApiObject now = fresh.get(object);
    @Nullable ApiObject known = now == null ? made.get(object) : now;
    return known == null ? shown(object) : known;
  }

  private static ApiObject shown(ApiObject object, ObjectNode tree) {
    return ApiObject.ofWire(object.key(), object.revision(), Json.canonical(tree));
  }

  /**
   * Whether the kept bytes are those to show. A write that was under way while the definition
   * changed may still be kept in the version of before.
   */
  private boolean asItIs(ApiObject object) {
    return object.revision() > since
        && apiVersion.equals(storageVersion)
        && object.isIn(apiVersion);
  }
}
