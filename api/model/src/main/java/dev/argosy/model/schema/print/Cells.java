package dev.argosy.model.schema.print;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words of cell expressions: a function, then paths with steps joined by slashes, then at times
 * what to show when nothing is there.
 *
 * <ul>
 *   <li>{@code text PATH [DEFAULT]}: the field as text
 *   <li>{@code number PATH}, {@code truth PATH DEFAULT}: as a number, as a boolean
 *   <li>{@code count PATH…}: how many members or elements
 *   <li>{@code age [PATH [DEFAULT]]}: time since the timestamp, by default since creation
 *   <li>{@code duration PATH DEFAULT}: seconds as a human duration
 *   <li>{@code join PATH FIELD}: that field of all elements, joined by commas
 *   <li>{@code listed PATH DEFAULT [FIELD]}: the elements, or that field of them, joined by commas
 *   <li>{@code amount PATH DEFAULT}: a number, or the text if there is none
 *   <li>{@code condition TYPE DEFAULT}: the status of that condition
 *   <li>{@code pairs PATH}, {@code selector PATH}: a map, or a label selector, as text
 *   <li>{@code ratio PATH PATH}: two numbers with a slash between
 *   <li>{@code reference PATH}: kind and name
 *   <li>{@code subjects KIND}: the subjects of a binding
 *   <li>{@code flag PATH}: a boolean as a word; {@code controller}: the owner that controls it
 *   <li>{@code pod …, node …, service …, endpoints …, slice …, event …, csr …, ingress …, parent,
 *       class …, policy …, api …, claim, job …, volume …, scaler …, quota …, component …, use …}:
 *       see those classes
 * </ul>
 */
final class Cells {

  private Cells() {}

  static Cell parse(String expression) {
    String[] words = expression.split(" ");
    String[] path = words.length > 1 ? words[1].split("/") : new String[0];
    String third = words.length > 2 ? words[2] : "";
    return switch (words[0]) {
      case "text" -> (object, now) -> text(at(object, path), third);
      case "number" -> (object, now) -> at(object, path).asLong(0);
      case "truth" -> (object, now) -> at(object, path).asBoolean(third.equals("true"));
      case "count" -> count(words);
      case "age" -> age(path, third);
      case "duration" -> (object, now) -> duration(at(object, path), third);
      case "join" -> (object, now) -> join(at(object, path), third, ",");
      case "pairs" -> (object, now) -> Selections.pairs(at(object, path));
      case "selector" -> (object, now) -> Selections.selector(at(object, path));
      case "listed" -> {
        String field = words.length > 3 ? words[3] : "";
        yield (object, now) -> {
          JsonNode list = at(object, path);
          return list.isEmpty() ? third : join(list, field, ",");
        };
      }
      case "amount" -> (object, now) -> amount(at(object, path), third);
      case "condition" -> (object, now) -> ConditionCells.status(object, words[1], third);
      case "ratio" -> {
        String[] whole = third.split("/");
        yield (object, now) -> at(object, path).asLong(0) + "/" + at(object, whole).asLong(0);
      }
      case "reference" -> (object, now) -> reference(at(object, path));
      case "subjects" -> (object, now) -> subjects(object, words[1]);
      case "pod" -> PodCells.of(words[1]);
      case "node" -> NodeCells.of(words[1]);
      case "service" -> ServiceCells.of(words[1]);
      case "endpoints" -> (object, now) -> EndpointCells.endpoints(object);
      case "slice" -> EndpointCells.slice(words[1]);
      case "event" -> EventCells.of(words[1]);
      case "flag" -> (object, now) -> flag(at(object, path));
      case "controller" -> (object, now) -> controller(object);
      case "job" -> JobCells.of(words[1]);
      case "volume" -> VolumeCells.of(words[1]);
      case "scaler" -> ScalerCells.of(words[1]);
      case "quota" -> QuotaCells.of(words[1]);
      case "component" -> ComponentCells.of(words[1]);
      case "csr" -> (object, now) -> condition(object);
      case "ingress" -> IngressCells.of(words[1]);
      case "parent" -> (object, now) -> ReferenceCells.parent(object);
      case "policy" -> ReferenceCells.policy(words[1]);
      case "class" -> ClassCells.name(words);
      case "api" -> ConditionCells.apiService(words[1]);
      case "term" -> (object, now) -> ConditionCells.term(at(object, path), now);
      case "invitation" -> ConditionCells::invitation;
      case "serviceclient" -> ConditionCells::serviceClient;
      case "decision" -> ConditionCells.decision(words[1]);
      case "use" -> UseCells.of(words[1]);
      case "claim" -> (object, now) -> ConditionCells.claim(object);
      default -> throw new IllegalArgumentException("columns.tsv: cell " + expression);
    };
  }

  static JsonNode at(JsonNode object, String[] path) {
    JsonNode node = object;
    for (String step : path) {
      node = node.path(step);
    }
    return node;
  }

  static String text(JsonNode value, String missing) {
    String text = value.asString("");
    return text.isEmpty() ? missing : text;
  }

  private static Cell count(String[] words) {
    List<String[]> paths = new ArrayList<>();
    Arrays.stream(words).skip(1).forEach(word -> paths.add(word.split("/")));
    return (object, now) -> {
      long sum = 0;
      for (String[] path : paths) {
        sum += at(object, path).size();
      }
      return sum;
    };
  }

  private static Cell age(String[] path, String missing) {
    String[] where = path.length == 0 ? new String[] {"metadata", "creationTimestamp"} : path;
    return new TimedCell(object -> {
      JsonNode time = at(object, where);
      return time.isMissingNode() && !missing.isEmpty() ? now -> missing : Ages.since(time);
    });
  }

  private static String duration(JsonNode seconds, String missing) {
    return seconds.isNumber() ? Ages.human(Duration.ofSeconds(seconds.asLong(0))) : missing;
  }

  static String join(JsonNode list, String field, String separator) {
    List<String> parts = new ArrayList<>();
    for (JsonNode element : list) {
      parts.add(field.isEmpty() ? element.asString("") : element.path(field).asString(""));
    }
    return String.join(separator, parts);
  }

  private static Object amount(JsonNode value, String missing) {
    return value.isNumber() ? (Object) value.asLong(0) : missing;
  }

  private static String reference(JsonNode reference) {
    return reference.path("kind").asString("") + "/" + reference.path("name").asString("");
  }

  private static String flag(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() ? "True" : "False" : "<unset>";
  }

  /** For example {@code statefulset.apps/web}. */
  private static String controller(ObjectNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        String version = owner.path("apiVersion").asString("");
        int slash = version.indexOf('/');
        String kind = owner.path("kind").asString("").toLowerCase(Locale.ROOT);
        String group = slash < 0 ? "" : "." + version.substring(0, slash);
        return kind + group + "/" + owner.path("name").asString("");
      }
    }
    return "<none>";
  }

  private static String subjects(ObjectNode binding, String kind) {
    List<String> names = new ArrayList<>();
    for (JsonNode subject : binding.path("subjects")) {
      if (subject.path("kind").asString("").equals(kind)) {
        String name = subject.path("name").asString("");
        boolean account = kind.equals("ServiceAccount");
        names.add(account ? subject.path("namespace").asString("") + "/" + name : name);
      }
    }
    return String.join(", ", names);
  }

  private static String condition(ObjectNode request) {
    boolean approved = false;
    boolean denied = false;
    boolean failed = false;
    for (JsonNode condition : request.path("status").path("conditions")) {
      String type = condition.path("type").asString("").toLowerCase(Locale.ROOT);
      approved |= type.equals("approved");
      denied |= type.equals("denied");
      failed |= type.equals("failed");
    }
    String text = denied ? "Denied" : approved ? "Approved" : "Pending";
    if (failed) {
      text += ",Failed";
    }
    boolean issued = !request.path("status").path("certificate").asString("").isEmpty();
    return issued ? text + ",Issued" : text;
  }
}
