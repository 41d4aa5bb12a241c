package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.cel.Shape.Kind;
import dev.argosy.server.cel.Shape.ListOf;
import dev.argosy.server.cel.Shape.MapOf;
import dev.argosy.server.cel.Shape.ObjectOf;
import dev.argosy.server.cel.Shape.Scalar;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What expressions can cost at most, worked out by hand from the rules. */
class EstimateTest {

  private static final Shape SHORT = new Scalar(Kind.STRING, 5);

  private static final Map<String, Shape> FIELDS =
      Map.of(
          "number", Shape.INT,
          "text", new Scalar(Kind.STRING, 100),
          "unbounded", Shape.STRING,
          "list", new ListOf(SHORT, 10),
          "nested", new ListOf(new ListOf(SHORT, 10), 10),
          "map", new MapOf(SHORT, 10),
          "endless", new ListOf(Shape.STRING, Shape.UNBOUNDED));

  private static final CelEnvironment ENVIRONMENT =
      CelEnvironment.of(Map.of("self", new ObjectOf("Object", FIELDS::keySet, FIELDS::get)));

  private static long estimate(String expression) {
    return ENVIRONMENT.compile(expression).orThrow().estimatedCost();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        // two steps, and one tenth of what is compared; numbers have no size
        "self.number == 1 => 2",
        "self.text == 'abc' => 3",
        "self.text == self.text => 14",
        "has(self.text) => 1",
        // (100 + 1) / 10 rounded up, times 4 / 4
        "self.text.matches('^a$') => 13",
        "self.text.contains('abc') => 12",
        "self.text.startsWith('abc') => 3",
        "self.text + self.text == 'a' => 25",
        "self.list.size() == 1 => 4",
        // ten turns of 2 for the condition and 3 for the step; two steps before, one after
        "self.list.all(x, x == 'ab') => 53",
        "self.map.all(k, self.map[k] == 'ab') => 83",
        "'a' in self.list => 12",
        "self.list.map(x, x + 'a').size() == 1 => 155",
        "self.list[0] == 'a' => 4",
      })
  void isAsTheRulesSay(String expression, long cost) {
    assertThat(estimate(expression)).isEqualTo(cost);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        // 3 MiB hold a million empty texts, or one text of that length
        "self.endless.all(x, x == 'a') => 5242876",
        "self.unbounded == self.unbounded => 314577",
        "self.endless.all(x, self.endless.all(y, y == x)) => 1000000000",
      })
  void restsOnTheLargestRequest(String expression, long cost) {
    assertThat(estimate(expression)).isGreaterThanOrEqualTo(cost);
  }

  /** Whatever fits the shape costs no more than was estimated. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.list.all(x, x.startsWith('a'))",
        "self.list.exists(x, x == 'b')",
        "self.nested.all(x, x.all(y, y.size() > 0 && y.contains('a')))",
        "self.list.map(x, x + x).exists(x, x == 'b')",
        "self.list.filter(x, x > 'a').size() < 11",
        "self.map.all(k, self.map[k].size() > 0)",
        "self.list.isSorted() && self.list.max() == 'aaaaa'",
        "self.text.replace('a', 'bb').size() == 200",
        "self.text.findAll('a').size() == 100",
        "self.list + self.list == self.list || true",
        "self.text.upperAscii() == self.text.lowerAscii() || true",
        "self.nested.map(x, x.filter(y, y == 'aaaaa').size()).sum() == 100",
      })
  void isNeverLessThanWhatItCosts(String expression) {
    CelBudget budget = CelBudget.of(1_000_000, 1_000_000);
    Bindings bindings = new Bindings.Builder().json("self", largest(), Shape.DYN).build();
    Evaluation evaluation = ENVIRONMENT.compile(expression).orThrow().evaluate(bindings, budget);
    assertThat(evaluation).isInstanceOf(Evaluation.Value.class);
    assertThat(estimate(expression)).isGreaterThanOrEqualTo(1_000_000 - budget.remaining());
  }

  @Test
  void nestedLoopsMultiply() {
    long one = estimate("self.list.all(x, true)");
    long two = estimate("self.list.all(x, self.list.all(y, true))");
    assertThat(two).isGreaterThan(5 * one);
  }

  private static ObjectNode largest() {
    ObjectNode self = Json.object();
    self.put("number", 1).put("text", "a".repeat(100));
    ArrayNode list = self.putArray("list");
    ArrayNode nested = self.putArray("nested");
    ObjectNode map = self.putObject("map");
    for (int i = 0; i < 10; i++) {
      list.add("aaaaa");
      map.put("key" + i, "aaaaa");
      ArrayNode inner = nested.addArray();
      for (int j = 0; j < 10; j++) {
        inner.add("aaaaa");
      }
    }
    return self;
  }
}
