package dev.argosy.server.registry;

import dev.argosy.model.managed.FieldSet;
import dev.argosy.model.managed.PathElement.Name;
import dev.argosy.model.schema.KindSchema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which part of an object a write may touch; everything else stays as it was. The spec belongs to
 * the user, the status to the system, on separate paths.
 */
enum Part {
  /** Everything but the status, where the kind has a status of its own. */
  MAIN {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      if (kind.type().subresources().contains("status")) {
        Metadata.setOrRemove(incoming, "status", old.get("status"));
      }
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      return kind.type().subresources().contains("status") ? fields.without("status") : fields;
    }
  },
  /** The status; of built-in kinds labels and annotations too. */
  STATUS {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      keepAllBut(incoming, old, "status");
      Metadata metadata = Metadata.of(incoming);
      metadata.copyFrom(Metadata.of(old), "ownerReferences", "finalizers");
      if (kind.struct().isEmpty()) {
        metadata.copyFrom(Metadata.of(old), "labels", "annotations");
      }
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      FieldSet metadata =
          fields.below(new Name("metadata")).without("ownerReferences", "finalizers");
      return fields.only("metadata", "status").with("metadata", metadata);
    }
  },
  /** The finalizers in a namespace's spec, and its metadata. */
  FINALIZE {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      JsonNode finalizers = incoming.path("spec").get("finalizers");
      keepAllBut(incoming, old, "");
      JsonNode found = incoming.get("spec");
      ObjectNode spec = found instanceof ObjectNode o ? o : incoming.putObject("spec");
      Metadata.setOrRemove(spec, "finalizers", finalizers);
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      FieldSet spec = fields.below(new Name("spec")).only("finalizers");
      return fields.only("metadata", "spec").with("spec", spec);
    }
  },
  /** The containers that join a running pod; of pods. */
  EPHEMERAL_CONTAINERS {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      JsonNode wanted = incoming.path("spec");
      keepAll(incoming, old);
      incoming.set("spec", PodParts.withEphemeral(old.path("spec"), wanted));
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      FieldSet spec = fields.below(SPEC).only("ephemeralContainers");
      return fields.only("spec").with("spec", spec);
    }
  },
  /** What the containers of a running pod get; of pods. */
  RESIZE {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      JsonNode wanted = incoming.path("spec");
      keepAll(incoming, old);
      incoming.set("spec", PodParts.resized(old.path("spec"), wanted));
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      FieldSet spec = fields.below(SPEC).only("containers", "initContainers");
      for (String list : new String[] {"containers", "initContainers"}) {
        FieldSet each = spec.below(new Name(list));
        spec = spec.without(list).with(list, each.onlyOfEach("resources", "resizePolicy"));
      }
      return fields.only("spec").with("spec", spec);
    }
  },
  /** The node of a pod, which nobody else may set. */
  BINDING {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      // what is bound was made of the present object
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      return FieldSet.EMPTY;
    }
  },
  /** Whether a signing request is approved; its metadata too. */
  APPROVAL {
    @Override
    void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old) {
      JsonNode conditions = incoming.path("status").get("conditions");
      keepAllBut(incoming, old, "");
      JsonNode found = incoming.get("status");
      ObjectNode status = found instanceof ObjectNode o ? o : incoming.putObject("status");
      Metadata.setOrRemove(status, "conditions", conditions);
    }

    @Override
    FieldSet writable(KindSchema kind, FieldSet fields) {
      FieldSet status = fields.below(new Name("status")).only("conditions");
      return fields.only("metadata", "status").with("status", status);
    }
  };

  private static final Name SPEC = new Name("spec");

  /** Puts back, into {@code incoming}, what this part does not cover. */
  abstract void restrict(KindSchema kind, ObjectNode incoming, ObjectNode old);

  /** Of the fields that an applier names, those that it can own through this part. */
  abstract FieldSet writable(KindSchema kind, FieldSet fields);

  static Part of(String subresource) {
    return switch (subresource) {
      case "status" -> STATUS;
      case "finalize" -> FINALIZE;
      case "approval" -> APPROVAL;
      case "ephemeralcontainers" -> EPHEMERAL_CONTAINERS;
      case "resize" -> RESIZE;
      default -> MAIN;
    };
  }

  /** Everything, except the note of who owns which field. */
  private static void keepAll(ObjectNode incoming, ObjectNode old) {
    keepAllBut(incoming, old, "");
    JsonNode owners = incoming.path("metadata").get("managedFields");
    incoming.set("metadata", old.get("metadata").deepCopy());
    Metadata.setOrRemove(Metadata.of(incoming).node(), "managedFields", owners);
  }

  /** Everything except metadata and one member. */
  private static void keepAllBut(ObjectNode incoming, ObjectNode old, String member) {
    List.copyOf(incoming.propertyNames()).stream()
        .filter(name -> !name.equals("metadata") && !name.equals(member))
        .forEach(incoming::remove);
    old.properties().stream()
        .filter(e -> !e.getKey().equals("metadata") && !e.getKey().equals(member))
        .forEach(e -> incoming.set(e.getKey(), e.getValue().deepCopy()));
  }
}
