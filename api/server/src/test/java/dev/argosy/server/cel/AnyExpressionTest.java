package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is written, compiling and evaluating answer; nothing escapes, nothing runs on. */
class AnyExpressionTest {

  private static final CelEnvironment ENVIRONMENT = CelEnvironment.of(Map.of("self", Shape.DYN));

  private static final ObjectNode SELF =
      Json.parse(
          "{\"a\":1,\"b\":\"text\",\"c\":[1,\"x\",null,{\"d\":true}],\"e\":{\"f\":2.5,\"g\":null}}"
              .getBytes(StandardCharsets.UTF_8));

  private static final List<String> ATOMS =
      List.of(
          "self",
          "self.a",
          "self.b",
          "self.c",
          "self.e",
          "self.?x",
          "1",
          "-1",
          "2.5",
          "1u",
          "''",
          "'a'",
          "b'x'",
          "null",
          "true",
          "[]",
          "{}",
          "[1, 2]",
          "{'a': 1}",
          "quantity('1')",
          "duration('1s')",
          "timestamp('2024-01-01T00:00:00Z')",
          "optional.none()",
          "type(1)",
          "format.uuid()",
          "ip('::1')",
          "9223372036854775807",
          "dyn(1)",
          "dyn('a')",
          "self.c[3]");

  private static final List<String> BINARY =
      List.of("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in");

  private static final List<String> CALLS =
      List.of(
          "size(#)",
          "#.size()",
          "string(#)",
          "int(#)",
          "double(#)",
          "uint(#)",
          "bytes(#)",
          "!#",
          "-#",
          "#.all(x, x > 0)",
          "#.exists(x, x == 1)",
          "#.map(x, #)",
          "#.filter(x, has(x.d))",
          "#.sum()",
          "#.min()",
          "#.isSorted()",
          "#[#]",
          "#[?#]",
          "#.?a.orValue(#)",
          "has(#.a)",
          "# ? # : #",
          "#.matches(#)",
          "#.find(#)",
          "#.split(#)",
          "#.join(#)",
          "#.format(#)",
          "#.substring(#)",
          "#.replace(#, #)",
          "#.indexOf(#)",
          "dyn(#)",
          "type(#)",
          "url(#)",
          "semver(#)",
          "cidr(#)",
          "#.getHours()",
          "#.all(k, v, v == #)",
          "#.add(#)",
          "#.transformMap(k, v, #)",
          "math.greatest(#, #)",
          "sets.contains(#, #)",
          "[#, #]",
          "{'k': #}",
          "#.validate(#)",
          "optional.of(#)",
          "base64.encode(#)",
          "#.charAt(#)");

  @Property(tries = 500)
  void builtExpressionsAnswer(@ForAll long seed) {
    answers(build(new Random(seed), 4));
  }

  @Property(tries = 300)
  void textsAnswer(@ForAll String text) {
    answers(text);
  }

  private static String build(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return pick(ATOMS, random);
    }
    if (random.nextInt(3) == 0) {
      return "("
          + build(random, depth - 1)
          + " "
          + pick(BINARY, random)
          + " "
          + build(random, depth - 1)
          + ")";
    }
    StringBuilder text = new StringBuilder();
    for (char c : pick(CALLS, random).toCharArray()) {
      text.append(c == '#' ? build(random, depth - 1) : String.valueOf(c));
    }
    return "(" + text + ")";
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static void answers(String expression) {
    List<Evaluation> answers = new ArrayList<>();
    Bindings bindings = new Bindings.Builder().json("self", SELF, Shape.DYN).build();
    CelBudget budget = CelBudget.of(100_000, 100_000);
    switch (ENVIRONMENT.compile(expression)) {
      case Compilation.Compiled compiled ->
          answers.add(compiled.program().evaluate(bindings, budget));
      case Compilation.Rejected rejected ->
          assertThat(rejected.message()).startsWith("ERROR: <input>:");
    }
    assertThat(answers).doesNotContainNull();
  }
}
