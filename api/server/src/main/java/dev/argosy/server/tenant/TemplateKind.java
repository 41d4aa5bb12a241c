package dev.argosy.server.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks the objects of a template as if they were created, so that no tenant meets bad ones. */
public final class TemplateKind implements KindRules {

  public static final GroupResource RESOURCE =
      new GroupResource(Tenant.RESOURCE.group(), "tenanttemplates");

  /** What the platform makes or places itself. */
  private static final Set<String> NOT_IN_TEMPLATES = Set.of("nodes", "pods", "events");

  private final KindTable kinds;

  /**
   * @param kinds what every tenant's cluster has
   */
  public TemplateKind(KindTable kinds) {
    this.kinds = kinds;
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    List<Cause> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    JsonNode objects = object.path("spec").path("objects");
    for (int i = 0; i < objects.size(); i++) {
      String path = "spec.objects[" + i + "]";
      if (objects.get(i) instanceof ObjectNode one) {
        check(one, path, seen, all);
      } else {
        all.add(invalid(path, "must be an object"));
      }
    }
    return all;
  }

  private void check(ObjectNode object, String path, Set<String> seen, List<Cause> all) {
    String apiVersion = object.path("apiVersion").asString("");
    String kind = object.path("kind").asString("");
    Optional<KindSchema> schema = kinds.ofKind(apiVersion, kind);
    if (schema.isEmpty() || !allowed(schema.get().type())) {
      all.add(invalid(path + ".kind", kind + " in " + apiVersion + " cannot be in a template"));
      return;
    }
    JsonNode metadata = object.path("metadata");
    String namespace = metadata.path("namespace").asString("");
    if (schema.get().type().namespaced() == namespace.isEmpty()) {
      boolean needed = namespace.isEmpty();
      all.add(
          needed
              ? new Cause("FieldValueRequired", "Required value", path + ".metadata.namespace")
              : new Cause(
                  "FieldValueForbidden",
                  "Forbidden: a " + kind + " has no namespace",
                  path + ".metadata.namespace"));
    }
    String name = metadata.path("name").asString("");
    if (!seen.add(schema.get().type().groupResource() + "/" + namespace + "/" + name)) {
      all.add(new Cause("FieldValueDuplicate", "Duplicate value: \"" + name + "\"", path));
    }
    asCreated(schema.get(), object.deepCopy(), path, all);
  }

  private static boolean allowed(ResourceType type) {
    return type.stored()
        && type.verbs().contains("create")
        && !NOT_IN_TEMPLATES.contains(type.resource());
  }

  private static void asCreated(KindSchema kind, ObjectNode object, String path, List<Cause> all) {
    try {
      for (String unknown : kind.prune(object)) {
        all.add(invalid(path + "." + unknown, "unknown field"));
      }
      kind.applyDefaults(object);
      for (Cause cause : kind.validate(object)) {
        boolean said = cause.field().equals("metadata.name") && cause.reason().endsWith("Required");
        if (!said) {
          all.add(new Cause(cause.reason(), cause.message(), path + "." + cause.field()));
        }
      }
    } catch (StatusException e) {
      all.add(invalid(path, e.status().message()));
    }
  }

  private static Cause invalid(String path, String why) {
    return new Cause("FieldValueInvalid", "Invalid value: " + why, path);
  }
}
