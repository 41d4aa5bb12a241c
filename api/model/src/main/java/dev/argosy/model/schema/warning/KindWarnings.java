package dev.argosy.model.schema.warning;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The warnings of one kind. */
public final class KindWarnings {

  private static final Path SPEC = Path.of("spec");
  private static final Path METADATA = Path.of("metadata");
  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

  private final String resource;

  public KindWarnings(ResourceType type) {
    this.resource = type.groupResource().toString();
  }

  /**
   * What is unwise in an object that is otherwise fine; nothing about what has not changed.
   *
   * @param old null if the object is new
   */
  public List<String> of(ObjectNode object, @Nullable ObjectNode old) {
    if (old != null && object.path("spec").equals(old.path("spec"))) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    if (old == null) {
      name(object, warnings);
    }
    contents(object, warnings);
    return warnings;
  }

  private void name(ObjectNode object, List<String> warnings) {
    String what =
        switch (resource) {
          case "pods" -> "this is used in the Pod's hostname";
          case "replicasets.apps", "deployments.apps", "jobs.batch", "replicationcontrollers" ->
              "this is used in Pod names and hostnames";
          default -> "";
        };
    String name = object.path("metadata").path("name").asString("");
    List<String> wrong = what.isEmpty() ? List.of() : NameRules.dnsLabel(name);
    if (!wrong.isEmpty()) {
      warnings.add(
          "metadata.name: "
              + what
              + ", which can result in surprising behavior; a DNS label is recommended: ["
              + String.join(" ", wrong)
              + "]");
    }
  }

  private void contents(ObjectNode object, List<String> warnings) {
    JsonNode spec = object.path("spec");
    switch (resource) {
      case "pods" -> new PodWarnings(warnings).pod(object, Path.ROOT);
      case "deployments.apps",
          "replicasets.apps",
          "daemonsets.apps",
          "statefulsets.apps",
          "jobs.batch",
          "replicationcontrollers" ->
          new PodWarnings(warnings).pod(spec.path("template"), SPEC.child("template"));
      case "cronjobs.batch" ->
          new PodWarnings(warnings)
              .pod(
                  spec.path("jobTemplate").path("spec").path("template"),
                  SPEC.child("jobTemplate", "spec").child("template"));
      case "podtemplates" ->
          new PodWarnings(warnings).pod(object.path("template"), Path.of("template"));
      case "persistentvolumes" -> {
        oldClass(object, warnings);
        if (spec.path("persistentVolumeReclaimPolicy").asString("").equals("Recycle")) {
          warnings.add(
              "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated."
                  + " Instead, the recommended approach is to use dynamic provisioning.");
        }
      }
      case "persistentvolumeclaims" -> {
        oldClass(object, warnings);
        new PodWarnings(warnings)
            .bytes(
                spec.path("resources").path("requests").path("storage"),
                SPEC.child("resources", "requests").key("storage"));
      }
      default -> {}
    }
  }

  private static void oldClass(ObjectNode object, List<String> warnings) {
    if (object.path("metadata").path("annotations").has(OLD_CLASS)) {
      warnings.add(
          METADATA.child("annotations").key(OLD_CLASS)
              + ": deprecated since v1.8; use \"storageClassName\" attribute instead");
    }
  }
}
