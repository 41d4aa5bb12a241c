package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.cel.Shape.Kind;
import dev.argosy.server.cel.Shape.ListKind;
import dev.argosy.server.cel.Shape.ListOf;
import dev.argosy.server.cel.Shape.MapOf;
import dev.argosy.server.cel.Shape.ObjectOf;
import dev.argosy.server.cel.Shape.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** JSON whose shape is known: types are checked before, values are presented as the shape says. */
class ShapeTest {

  private static final Shape PORT =
      object("Object.ports", Map.of("name", Shape.STRING, "port", Shape.INT));

  private static final Shape SELF =
      object(
          "Object",
          Map.ofEntries(
              Map.entry("replicas", Shape.INT),
              Map.entry("ratio", Shape.DOUBLE),
              Map.entry("when", scalar(Kind.TIMESTAMP)),
              Map.entry("day", scalar(Kind.DATE)),
              Map.entry("wait", scalar(Kind.DURATION)),
              Map.entry("data", scalar(Kind.BYTES)),
              Map.entry("size", scalar(Kind.INT_OR_STRING)),
              Map.entry("namespace", Shape.STRING),
              Map.entry("foo.bar/a-b__c", Shape.STRING),
              Map.entry("labels", new MapOf(Shape.STRING, 10)),
              Map.entry("set", new ListOf(Shape.STRING, 10, ListKind.SET, List.of())),
              Map.entry("ports", new ListOf(PORT, 10, ListKind.MAP, List.of("name"))),
              Map.entry("any", Shape.DYN)));

  private static final CelEnvironment ENVIRONMENT =
      CelEnvironment.of(Map.of("self", SELF, "oldSelf", SELF));

  private static final ObjectNode NEW =
      parse(
          """
          {"replicas":3,"ratio":1,"when":"2024-01-02T03:04:05Z","day":"2024-01-02","wait":"90s",
           "data":"YWJj","size":"50%","namespace":"n","foo.bar/a-b__c":"odd","labels":{"a":"b"},
           "set":["a","b"],"ports":[{"name":"x","port":1},{"name":"y","port":2}],"any":{"b":[1]}}
          """);

  private static final ObjectNode OLD =
      parse(
          """
          {"set":["b","a"],"ports":[{"name":"y","port":2},{"name":"x","port":1}]}
          """);

  private static ObjectNode parse(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Shape scalar(Kind kind) {
    return new Scalar(kind, Shape.UNBOUNDED);
  }

  private static Shape object(String name, Map<String, Shape> fields) {
    return new ObjectOf(name, fields::keySet, fields::get);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.replicas == 3",
        "self.ratio == 1.0",
        "self.when.getFullYear() == 2024 && self.day < self.when",
        "self.wait == duration('1m30s')",
        "self.data == b'abc'",
        "type(self.size) == string && self.size == '50%' && self.size != 3",
        "self.namespace == 'n' && self.__namespace__ == 'n'",
        "self.foo__dot__bar__slash__a__dash__b__underscores__c == 'odd'",
        "self.labels.a == 'b' && self.labels['a'] == 'b'",
        "self.set == oldSelf.set",
        "self.set + ['b', 'c'] == ['a', 'b', 'c']",
        "self.ports == oldSelf.ports",
        "(self.ports + oldSelf.ports).size() == 2",
        "self.any.b[0] == 1",
        "!has(oldSelf.replicas)",
        "oldSelf.?replicas.orValue(7) == 7",
        "self.ports.all(p, p.port > 0 && p.name.size() == 1)",
      })
  void isTrue(String expression) {
    Bindings bindings =
        new Bindings.Builder().json("self", NEW, SELF).json("oldSelf", OLD, SELF).build();
    assertThat(ENVIRONMENT.compile(expression).orThrow().evaluate(bindings, CelBudget.ofCall()))
        .isEqualTo(new Evaluation.Value(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self.foo == 1 | undefined field 'foo'",
        "has(self.foo) | undefined field 'foo'",
        "self.ports.all(p, p.nope == 1) | undefined field 'nope'",
        "self.replicas == 'a' | found no matching overload for '_==_' applied to '(int, string)'",
        "self.labels.a == 1 | found no matching overload for '_==_' applied to '(string, int)'",
      })
  void isRejected(String expression, String message) {
    assertThat(ENVIRONMENT.compile(expression))
        .isInstanceOfSatisfying(
            Compilation.Rejected.class,
            rejected -> assertThat(rejected.message()).contains(message));
  }
}
