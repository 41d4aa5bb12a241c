package dev.argosy.model.patch;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Patch, RFC 6902. As the Kubernetes API has it, {@code remove} of a missing path is an error
 * and at most {@value #MAX_OPERATIONS} operations are allowed.
 */
public final class JsonPatch {

  /** The most operations one patch may have. */
  public static final int MAX_OPERATIONS = 10_000;

  /** The most characters that all copies of one patch may add. */
  public static final int MAX_COPIED = 3 * 1024 * 1024;

  private JsonPatch() {}

  /**
   * The patched document; the arguments stay as they are.
   *
   * @throws PatchException if the patch is malformed or an operation fails
   */
  public static JsonNode apply(JsonNode document, JsonNode patch) {
    if (!patch.isArray()) {
      throw PatchException.malformed("a JSON patch must be a list of operations");
    }
    if (patch.size() > MAX_OPERATIONS) {
      throw PatchException.malformed(
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + patch.size());
    }
    JsonNode result = document.deepCopy();
    long copied = 0;
    for (JsonNode operation : patch) {
      if (operation.path("op").asString("").equals("copy")) {
        copied = requireSmall(copied + size(from(result, operation, "copy")));
      }
      result = operate(result, operation);
    }
    return result;
  }

  /** A few operations that copy what was copied before could fill the memory. */
  private static long requireSmall(long copied) {
    if (copied > MAX_COPIED) {
      throw PatchException.malformed(
          "Unable to complete the copy, the accumulated size increase of copy is "
              + copied
              + ", exceeding the limit "
              + MAX_COPIED);
    }
    return copied;
  }

  private static long size(JsonNode node) {
    return node.toString().length();
  }

  private static JsonNode operate(JsonNode root, JsonNode operation) {
    Pointer path = Pointer.parse(text(operation, "path"));
    String name = text(operation, "op");
    return switch (name) {
      case "add" -> add(root, path, value(operation).deepCopy());
      case "remove" -> remove(root, path, name);
      case "replace" -> replace(root, path, value(operation).deepCopy());
      case "test" -> test(root, path, value(operation));
      case "copy" -> add(root, path, from(root, operation, name).deepCopy());
      case "move" -> {
        JsonNode moved = from(root, operation, name);
        Pointer source = Pointer.parse(text(operation, "from"));
        if (path.isBelow(source)) {
          throw PatchException.malformed("cannot move " + source + " into itself");
        }
        yield add(remove(root, source, name), path, moved);
      }
      default -> throw PatchException.malformed("Unexpected kind: " + name);
    };
  }

  private static JsonNode from(JsonNode root, JsonNode operation, String name) {
    Pointer source = Pointer.parse(text(operation, "from"));
    JsonNode value = source.get(root);
    if (value == null) {
      throw missing(name, source);
    }
    return value;
  }

  private static JsonNode add(JsonNode root, Pointer path, JsonNode value) {
    if (path.isRoot()) {
      return value;
    }
    JsonNode parent = parent(root, path, "add");
    if (parent instanceof ObjectNode object) {
      object.set(path.last(), value);
    } else if (parent instanceof ArrayNode array) {
      int index = path.last().equals("-") ? array.size() : Pointer.index(path.last());
      if (index < 0 || index > array.size()) {
        throw PatchException.notApplicable(
            "add operation does not apply: doc is missing path: \""
                + path
                + "\": invalid index referenced");
      }
      array.insert(index, value);
    } else {
      throw missing("add", path);
    }
    return root;
  }

  private static JsonNode replace(JsonNode root, Pointer path, JsonNode value) {
    if (path.isRoot()) {
      return value;
    }
    if (path.get(root) == null) {
      throw missing("replace", path);
    }
    JsonNode parent = parent(root, path, "replace");
    if (parent instanceof ObjectNode object) {
      object.set(path.last(), value);
    } else {
      ((ArrayNode) parent).set(Pointer.index(path.last()), value);
    }
    return root;
  }

  private static JsonNode remove(JsonNode root, Pointer path, String operation) {
    if (path.isRoot() || path.get(root) == null) {
      throw missing(operation, path);
    }
    JsonNode parent = parent(root, path, operation);
    if (parent instanceof ObjectNode object) {
      object.remove(path.last());
    } else {
      ((ArrayNode) parent).remove(Pointer.index(path.last()));
    }
    return root;
  }

  private static JsonNode test(JsonNode root, Pointer path, JsonNode expected) {
    JsonNode actual = path.get(root);
    boolean equal = actual == null ? expected.isNull() : Equality.same(actual, expected);
    if (!equal) {
      throw PatchException.notApplicable("testing value " + path + " failed: test failed");
    }
    return root;
  }

  private static JsonNode parent(JsonNode root, Pointer path, String operation) {
    JsonNode parent = path.parent().get(root);
    if (parent == null) {
      throw missing(operation, path);
    }
    return parent;
  }

  private static PatchException missing(String operation, Pointer path) {
    return PatchException.notApplicable(
        operation
            + " operation does not apply: doc is missing path: \""
            + path
            + "\": missing value");
  }

  private static JsonNode value(JsonNode operation) {
    @Nullable JsonNode value = operation.get("value");
    if (value == null) {
      throw PatchException.malformed("a JSON patch operation lacks \"value\"");
    }
    return value;
  }

  private static String text(JsonNode operation, String field) {
    JsonNode value = operation.get(field);
    if (value == null || !value.isString()) {
      throw PatchException.malformed("a JSON patch operation lacks \"" + field + "\"");
    }
    return value.stringValue();
  }
}
