package dev.argosy.model.schema;

import static java.util.Objects.requireNonNull;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cases in text form. {@code kind GROUPVERSION KIND} begins those of a kind; {@code good OBJECT} is
 * accepted; {@code filled PATCH} tells what defaults add to it; {@code bad PATCH} is a new object
 * made of it by a merge patch; {@code change PATCH} is an update of it; {@code status PATCH} an
 * update of its status, {@code resize PATCH} and {@code ephemeralcontainers PATCH} of these; {@code
 * row PATCH} is its row in a table. Lines below that begin with a tab are what is wrong, none if
 * nothing is.
 */
final class KindCases {

  private final KindSchema kind;
  private final ObjectNode good;

  private KindCases(KindSchema kind, ObjectNode good) {
    this.kind = kind;
    this.good = good;
  }

  /**
   * @param words what is wrong, {@code FIELD: MESSAGE}
   * @param object pruned and with defaults
   */
  record Outcome(List<String> words, ObjectNode object) {}

  record Case(KindCases of, String how, ObjectNode object, int line, List<String> expected) {

    String name() {
      return of.kind + " " + how + " in line " + line;
    }

    Outcome run() {
      ObjectNode object = of.prepared(object());
      if (how.equals("row")) {
        List<String> cells = cells().stream().map(String::valueOf).toList();
        return new Outcome(List.of(String.join(" | ", cells)), object);
      }
      ObjectNode old = of.prepared(of.good.deepCopy());
      List<Cause> causes =
          switch (how) {
            case "change" -> of.kind.validateUpdate(object, old);
            case "ephemeralcontainers", "resize" -> of.kind.validateUpdateOf(how, object, old);
            case "status" -> of.kind.validateStatusUpdate(object, old);
            default -> of.kind.validate(object);
          };
      return new Outcome(causes.stream().map(c -> c.field() + ": " + c.message()).toList(), object);
    }

    Optional<ObjectNode> filledIn() {
      return how.equals("filled") ? Optional.of(object()) : Optional.empty();
    }

    List<Object> cells() {
      return of.kind.cells(of.prepared(object()), Instant.EPOCH);
    }
  }

  private ObjectNode prepared(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    kind.prune(copy);
    kind.applyDefaults(copy);
    return copy;
  }

  static List<Case> read(String file, BuiltinKinds kinds) {
    List<Case> cases = new ArrayList<>();
    KindCases current = null;
    KindSchema kind = null;
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("\t")) {
        cases.getLast().expected().add(line.substring(1));
      } else if (line.startsWith("kind ")) {
        String[] words = line.split(" ");
        kind = kinds.root().ofKind(words[1], words[2]).orElseThrow();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        int space = line.indexOf(' ');
        String how = line.substring(0, space);
        ObjectNode object = json(line.substring(space + 1));
        if (how.equals("good")) {
          current = new KindCases(requireNonNull(kind), named(requireNonNull(kind), object));
          object = Json.object();
        }
        ObjectNode whole = requireNonNull(current).good.deepCopy();
        merge(whole, object);
        cases.add(new Case(current, how, whole, i + 1, new ArrayList<>()));
      }
    }
    return cases;
  }

  private static ObjectNode named(KindSchema kind, ObjectNode object) {
    ObjectNode metadata = object.withObject("metadata");
    metadata.putIfAbsent("name", metadata.stringNode("x"));
    if (kind.type().namespaced()) {
      metadata.put("namespace", "n");
    }
    return object;
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      JsonNode old = target.get(entry.getKey());
      if (entry.getValue().isNull()) {
        target.remove(entry.getKey());
      } else if (old instanceof ObjectNode o && entry.getValue() instanceof ObjectNode p) {
        merge(o, p);
      } else {
        target.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String file) {
    try (InputStream in = KindCases.class.getResourceAsStream("cases/" + file + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
