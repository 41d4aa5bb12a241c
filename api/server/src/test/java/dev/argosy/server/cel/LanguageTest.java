package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** CEL itself, over JSON whose shape is not known. */
class LanguageTest {

  private static final CelEnvironment ENVIRONMENT = CelEnvironment.of(Map.of("self", Shape.DYN));

  private static final ObjectNode SELF =
      Json.parse(
          """
          {"name":"web","replicas":3,"ratio":0.5,"whole":2.0,"ready":true,"none":null,
           "labels":{"app":"x","a.b/c-d":"y"},"list":[1,2,3],"empty":[],
           "containers":[{"name":"a","image":"r/a:1"},{"name":"b","image":"r/b:2"}],
           "deep":{"one":{"two":{"three":"far"}}}}
          """
              .getBytes(StandardCharsets.UTF_8));

  static Evaluation evaluate(String expression) {
    Bindings bindings = new Bindings.Builder().json("self", SELF, Shape.DYN).build();
    return ENVIRONMENT.compile(expression).orThrow().evaluate(bindings, CelBudget.ofCall());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.replicas == 3",
        "self.replicas + 1 == 4",
        "self.ratio < 1",
        "self.whole == 2",
        "self.ready && self.name == 'web'",
        "self.none == null",
        "has(self.name) && !has(self.missing)",
        "has(self.none)",
        "self.labels['a.b/c-d'] == 'y'",
        "self.labels.app == 'x'",
        "'app' in self.labels && !('nope' in self.labels)",
        "2 in self.list",
        "self.list.all(x, x > 0)",
        "self.list.exists(x, x == 3)",
        "self.list.exists_one(x, x == 3)",
        "self.list.map(x, x * 2) == [2, 4, 6]",
        "self.list.map(x, x > 1, x * 2) == [4, 6]",
        "self.list.filter(x, x % 2 == 1) == [1, 3]",
        "self.containers.all(c, c.image.startsWith('r/'))",
        "self.containers.map(c, c.name) == ['a', 'b']",
        "self.labels.all(k, self.labels[k].size() == 1)",
        "size(self.list) == 3 && self.list.size() == 3",
        "self.deep.one.two.three == 'far'",
        "self.deep.?one.?two.?three.orValue('x') == 'far'",
        "self.?nope.?two.orValue('x') == 'x'",
        "self.?list[?7].hasValue() == false",
        "self.deep.?one.two.three.value() == 'far'",
        "optional.of(1).or(optional.of(2)).value() == 1",
        "optional.none().or(optional.of(2)).value() == 2",
        "optional.ofNonZeroValue('') == optional.none()",
        "[1, ?self.?nope, 2].size() == 2",
        "{'a': 1, ?'b': self.?nope} == {'a': 1}",
        "self.?name.optMap(n, n + '!').value() == 'web!'",
        "false && 1/0 == 1 || true",
        "1/0 == 1 || true",
        "[0, 1].exists(x, 1 / x == 1)",
        "!([0, 2].all(x, 1 / x == 7))",
        "self.ready ? true : 1/0 == 1",
        "dyn(1) == 1.0 && dyn(1u) == 1.0 && 1 < 1.5 && 2u > 1",
        "[dyn(1.0)] == [1]",
        "{1: 'a'}[1] == 'a' && {1u: 'a'}[dyn(1)] == 'a'",
        "type(1) == int && type('a') == string && type([]) == list && type(null) == null_type",
        "int('3') == 3 && double('1.5') == 1.5 && string(1.5) == '1.5' && uint(3) == 3u",
        "string(b'abc') == 'abc' && bytes('abc') == b'abc'",
        "bool('true')",
        "timestamp('2024-01-02T03:04:05Z').getFullYear() == 2024",
        "timestamp('2024-01-02T03:04:05Z').getHours('02:00') == 5",
        "timestamp('2024-01-02T03:04:05Z') + duration('1h') == timestamp('2024-01-02T04:04:05Z')",
        "timestamp('2024-01-02T03:04:05Z') - timestamp('2024-01-01T03:04:05Z') == duration('24h')",
        "duration('1h30m').getMinutes() == 90",
        "string(duration('1m1.5s')) == '61.5s'",
        "'hello'.matches('^h.*o$') && !'hello'.matches('^e')",
        "'hello'.contains('ell') && 'hello'.endsWith('lo')",
        "'😀'.size() == 1 && size(b'\\xF0\\x9F') == 2",
        "-(-5) == 5 && 7 % 3 == 1 && -7 / 2 == -3",
        "'a' < 'b' && b'a' < b'b' && false < true",
        "[dyn(1), 'a', 2.0].size() == 3",
      })
  void isTrue(String expression) {
    assertThat(evaluate(expression)).isEqualTo(new Evaluation.Value(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self.missing == 1 | no such key: missing",
        "self.deep.nope.two == 1 | no such key: nope",
        "self.list[7] == 1 | index out of bounds: 7",
        "self.labels['zz'] == '' | no such key: zz",
        "1 / 0 == 1 | division by zero",
        "1 % 0 == 1 | modulus by zero",
        "9223372036854775807 + 1 == 0 | integer overflow",
        "self.name + self.replicas == '' | no such overload",
        "self.name.size() > self.name | no such overload",
        "int(self.name) == 1 | strconv.ParseInt: parsing \"web\": invalid syntax",
        "self.name && true | no such overload",
        "self.?nope.value() == 1 | optional.none() dereference",
      })
  void fails(String expression, String message) {
    assertThat(evaluate(expression))
        .isEqualTo(new Evaluation.Failed(Evaluation.Cause.ERROR, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 'a' == 2 | found no matching overload for '_+_' applied to '(int, string)'",
        "nope == 1 | undeclared reference to 'nope'",
        "self.name.nope() | undeclared reference to 'nope'",
        "self. | Syntax error: no viable alternative at input '.'",
        "[1, 'a'] == [] | expected type 'int' but found 'string'",
      })
  void isRejected(String expression, String message) {
    assertThat(ENVIRONMENT.compile(expression))
        .isInstanceOfSatisfying(
            Compilation.Rejected.class,
            rejected ->
                assertThat(rejected.message()).startsWith("ERROR: <input>:1:").contains(message));
  }

  @Test
  void stopsWhatCostsTooMuch() {
    String nested = "[0,1,2,3,4,5,6,7,8,9].all(x, ".repeat(7) + "true" + ")".repeat(7);
    assertThat(evaluate(nested))
        .isEqualTo(
            new Evaluation.Failed(
                Evaluation.Cause.EXPRESSION_LIMIT,
                "operation cancelled: actual cost limit exceeded"));
  }

  @Test
  void stopsWhatTheCallCannotAfford() {
    CelProgram program = ENVIRONMENT.compile("[1,2,3].all(x, x > 0)").orThrow();
    CelBudget budget = CelBudget.of(20, 1_000_000);
    Bindings none = Bindings.of(Map.of());
    assertThat(program.evaluate(none, budget)).isEqualTo(new Evaluation.Value(true));
    assertThat(program.evaluate(none, budget))
        .isInstanceOfSatisfying(
            Evaluation.Failed.class,
            failed -> assertThat(failed.cause()).isEqualTo(Evaluation.Cause.BUDGET));
    assertThat(budget.remaining()).isZero();
  }

  @Test
  void remembersPrograms() {
    assertThat(ENVIRONMENT.compile("self.a == 1")).isSameAs(ENVIRONMENT.compile("self.a == 1"));
    assertThat(ENVIRONMENT.compile("self.a == 1").orThrow().mentions("self")).isTrue();
    assertThat(ENVIRONMENT.compile("1 == 1").orThrow().mentions("self")).isFalse();
  }
}
