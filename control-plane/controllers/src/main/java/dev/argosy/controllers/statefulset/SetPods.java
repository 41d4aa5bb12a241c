package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.revision.History;
import dev.argosy.controllers.revision.RevisionView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.controllers.workload.PodTemplate;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the pods and claims of a StatefulSet look like. */
final class SetPods {

  static final String REVISION = "controller-revision-hash";
  static final String NAME = "statefulset.kubernetes.io/pod-name";
  static final String INDEX = "apps.kubernetes.io/pod-index";

  private SetPods() {}

  static String revision(PodView pod) {
    return pod.object().meta().labels().getOrDefault(REVISION, "");
  }

  static boolean named(PodView pod) {
    Map<String, String> labels = pod.object().meta().labels();
    return pod.name().equals(labels.get(NAME));
  }

  static ObjectNode pod(SetView set, History history, int ordinal) {
    RevisionView revision =
        needsCurrent(set, ordinal)
            ? history.named(set.status().currentRevision()).orElse(history.newest())
            : history.newest();
    ObjectNode pod = PodTemplate.pod(set.owner(), revision.template());
    String name = set.name() + "-" + ordinal;
    ObjectNode meta = pod.withObject("/metadata").put("name", name);
    meta.remove("generateName");
    ObjectNode labels = meta.withObject("labels");
    labels.put(REVISION, revision.name()).put(NAME, name);
    labels.put(INDEX, Integer.toString(ordinal));
    ObjectNode spec = pod.withObject("/spec").put("hostname", name);
    String service = set.object().tree().path("spec").path("serviceName").asString("");
    if (!service.isEmpty()) {
      spec.put("subdomain", service);
    }
    volumes(set, spec, ordinal);
    return pod;
  }

  /** During a roll-out, pods that it has not come to yet are made as they were. */
  private static boolean needsCurrent(SetView set, int ordinal) {
    if (set.update().onDelete()) {
      return false;
    }
    int kept =
        set.update().partition() > 0 ? set.update().partition() : set.status().counts().current();
    return ordinal < set.start() + kept;
  }

  private static void volumes(SetView set, ObjectNode spec, int ordinal) {
    if (set.claims().isEmpty()) {
      return;
    }
    ArrayNode volumes = Json.mapper().createArrayNode();
    for (String template : set.claims()) {
      volumes
          .addObject()
          .put("name", template)
          .putObject("persistentVolumeClaim")
          .put("claimName", set.claimName(template, ordinal));
    }
    for (JsonNode volume : spec.path("volumes")) {
      if (!set.claims().contains(volume.path("name").asString(""))) {
        volumes.add(volume);
      }
    }
    spec.set("volumes", volumes);
  }

  static ObjectKey claimKey(SetView set, String template, int ordinal) {
    return new ObjectKey(
        Kinds.VOLUME_CLAIMS,
        set.key().cluster(),
        set.key().namespace(),
        set.claimName(template, ordinal));
  }

  /** A new claim of a template; goes with the set if that is wanted. */
  static ObjectNode claim(SetView set, String template, int ordinal) {
    ObjectNode claim = Json.object();
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    ObjectNode spec = set.object().tree().withObject("/spec");
    for (JsonNode one : spec.path("volumeClaimTemplates")) {
      if (one.path("metadata").path("name").asString("").equals(template)) {
        claim.set("metadata", one.path("metadata"));
        claim.set("spec", one.path("spec"));
      }
    }
    ObjectNode meta = claim.withObject("/metadata");
    meta.put("name", set.claimName(template, ordinal)).put("namespace", set.key().namespace());
    ObjectNode labels = meta.withObject("labels");
    spec.path("selector").path("matchLabels").forEachEntry((key, value) -> labels.set(key, value));
    if (set.retention().withSet()) {
      meta.putArray("ownerReferences").add(Owned.by("apps/v1", "StatefulSet", set.object()));
    }
    return claim;
  }
}
