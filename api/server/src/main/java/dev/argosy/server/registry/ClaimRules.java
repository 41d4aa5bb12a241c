package dev.argosy.server.registry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Persistent volume claims: what they are filled from stands in two fields of which the older one
 * knows claims and snapshots only.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references">
 *     Data source references</a>
 */
final class ClaimRules implements KindRules {

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    if (object.get("spec") instanceof ObjectNode spec) {
      if (!knownToOld(spec.path("dataSource"))) {
        spec.remove("dataSource");
      }
      mirror(spec);
    }
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    if (object.get("spec") instanceof ObjectNode spec) {
      mirror(spec);
    }
  }

  private static boolean knownToOld(JsonNode source) {
    String what = source.path("apiGroup").asString("") + "/" + source.path("kind").asString("");
    return what.equals("/PersistentVolumeClaim")
        || what.equals("snapshot.storage.k8s.io/VolumeSnapshot");
  }

  private static void mirror(ObjectNode spec) {
    JsonNode source = spec.path("dataSource");
    JsonNode reference = spec.path("dataSourceRef");
    boolean elsewhere = !reference.path("namespace").asString("").isEmpty();
    if (source.isObject() && reference.isMissingNode()) {
      spec.set("dataSourceRef", source.deepCopy());
    } else if (reference.isObject() && source.isMissingNode() && !elsewhere) {
      spec.set("dataSource", reference.deepCopy());
    }
  }
}
