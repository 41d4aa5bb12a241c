package dev.argosy.server.policy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.policy.PolicyBinding.ParamRef;
import dev.argosy.server.policy.PolicyHead.ParamKind;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds the objects that a binding gives its policy as parameters. */
final class Params {

  private final KindTables kinds;
  private final ResourceCaches caches;
  private final ObjectLookup lookup;

  Params(KindTables kinds, ResourceCaches caches, ObjectLookup lookup) {
    this.kinds = kinds;
    this.caches = caches;
    this.lookup = lookup;
  }

  /** What was found. */
  sealed interface Found {

    /**
     * The policy is asked once for each of these.
     *
     * @param values one empty value if the policy is asked without parameters
     */
    record Values(List<Optional<ObjectNode>> values) implements Found {}

    /** The binding is wrong. */
    record Wrong(String message) implements Found {}
  }

  Found find(Optional<ParamKind> kind, Optional<ParamRef> ref, AdmissionRequest request) {
    if (kind.isEmpty() || ref.isEmpty()) {
      return new Found.Values(List.of(Optional.empty()));
    }
    String cluster = request.target().cluster();
    Optional<KindSchema> schema =
        kinds.of(cluster).ofKind(kind.get().apiVersion(), kind.get().kind());
    if (schema.isEmpty()) {
      return new Found.Wrong(
          "paramKind kind `"
              + kind.get().apiVersion()
              + ", Kind="
              + kind.get().kind()
              + "` not known");
    }
    return find(schema.get(), ref.get(), request.target());
  }

  private Found find(KindSchema kind, ParamRef ref, AdmissionRequest.Target target) {
    boolean namespaced = kind.type().namespaced();
    if (!namespaced && !ref.namespace().isEmpty()) {
      return new Found.Wrong(
          "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
    }
    String namespace = ref.namespace().isEmpty() ? target.namespace() : ref.namespace();
    if (namespaced && namespace.isEmpty()) {
      return new Found.Wrong(
          "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
    }
    List<Optional<ObjectNode>> values =
        values(kind, ref, target.cluster(), namespaced ? namespace : "");
    if (values.isEmpty() && !ref.allowMissing()) {
      return new Found.Wrong(
          "no params found for policy binding with `Deny` parameterNotFoundAction");
    }
    return new Found.Values(values);
  }

  private List<Optional<ObjectNode>> values(
      KindSchema kind, ParamRef ref, String cluster, String namespace) {
    List<Optional<ObjectNode>> values = new ArrayList<>();
    GroupResource storage = kind.storage();
    if (!ref.name().isEmpty()) {
      lookup
          .find(new ObjectKey(storage, cluster, namespace, ref.name()))
          .ifPresent(found -> values.add(Optional.of(kind.fromStored(found.tree()))));
      return values;
    }
    for (ApiObject object : caches.of(storage).snapshot().list(cluster, namespace)) {
      if (ref.selector().matches(object.meta().labels())) {
        values.add(Optional.of(kind.fromStored(object.tree())));
      }
    }
    return values;
  }
}
