package dev.argosy.server.recording;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.Optional;

/**
 * What holds in a namespace: the strictest of what the settings, its tenant and its own label say,
 * so that nobody within a tenant can say less than the tenant does.
 */
record RecordingRules(RecordingConfig config, ResourceCaches caches) {

  static final String LABEL = "argosy.dev/exec-recording";

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  RecordingMode of(String cluster, String namespace) {
    String tenant =
        find(new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", cluster))
            .map(object -> object.tree().path("spec").path("execRecording").asString(""))
            .orElse("");
    String label =
        find(new ObjectKey(NAMESPACES, cluster, "", namespace))
            .map(object -> object.meta().labels().getOrDefault(LABEL, ""))
            .orElse("");
    return config.least().or(RecordingMode.of(tenant)).or(RecordingMode.of(label));
  }

  private Optional<ApiObject> find(ObjectKey key) {
    return caches.of(key.resource()).snapshot().get(key);
  }
}
