package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What expressions cost, in the numbers that Kubernetes' own tests hold it to. */
class CostTest {

  private static final CelEnvironment ENVIRONMENT = CelEnvironment.of(Map.of("self", Shape.DYN));

  private static final ObjectNode SELF =
      Json.parse(
          """
          {"number":5,"text":"Rook takes 👑","same":"Rook takes 👑","list":[1,2,3],"other":[1,2,3],
           "a":{"b":1},"a1":{"b1":{"c1":4}},"map":{"b":1,"d":2},
           "objs":[[{"k":"a"},{"k":"b"}],[{"k":"a"},{"k":"b"}]],
           "items":[{"k":"a1","v":"b1"},{"k":"a2","v":"b2"},{"k":"a3","v":"b3","v2":"z"}]}
          """
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "type(self.number) == int => 4",
        "self.number + 1 == 5 + 1 => 5",
        "double(5) < 10.0 => 1",
        "double(self.number) < 10.0 => 4",
        "self.text.startsWith('Rook') => 4",
        "!self.text.startsWith('knight') => 5",
        "self.text.matches('^[^0-9]*$') => 8",
        "size(self.text) == 12 => 4",
        "self.text.charAt(3) == 'k' => 4",
        "self.text.indexOf('o') == 1 => 4",
        "self.text.replace(' ', 'x') == 'Rookxtakesx👑' => 7",
        "self.text.substring(5) == 'takes 👑' => 5",
        "self.text.substring(4, 10).trim() == 'takes' => 6",
        "self.text.upperAscii() == 'ROOK TAKES 👑' => 6",
        "self.text in ['Pending', 'Available'] => 2",
        "1 in self.list => 5",
        "self.list[0] in self.other => 8",
        "self.list + self.other == [1, 2, 3, 1, 2, 3] => 6",
        "self.list + [4, 5] == [1, 2, 3, 4, 5] => 4",
        "self.objs[0] == self.objs[1] => 7",
        "self.objs[0] == [self.objs[0][0], self.objs[0][1]] => 22",
        "size(self.objs[0] + [self.objs[1][0]]) == 3 => 20",
        "'k1' in self.map => 3",
        "self.map == {'k1': 'a', 'k2': 'b'} => 3",
        "has(self.a.b) => 2",
        "has(self.a1.b1.c1) => 3",
        "self.map.all(k, self.map[k] > 0) => 17",
        "self.map.exists_one(k, self.map[k] == 2) => 14",
        "size(self.map.filter(k, self.map[k] > 1)) == 1 => 26",
        "self.items.all(m, m.k.startsWith('a')) => 21",
        "self.items.all(m, !has(m.v2) || m.v2 == 'z') => 21",
        "self.items.exists(m, m.k.endsWith('1')) => 13",
        "self.items.exists_one(m, m.k == 'a3') => 15",
        "!self.items.exists(m, m.v == 'x') => 25",
        "!self.items.exists_one(m, m.k.startsWith('a')) => 20",
        "size(self.items.filter(m, m.k == 'a1')) == 1 => 27",
        "self.items.map(m, m.v).exists(v, v == 'b1') => 55",
        "self.items.exists(m, has(m.v2) && m.v2 == 'z') => 21",
      })
  void costs(String expression, long cost) {
    Bindings bindings = new Bindings.Builder().json("self", SELF, Shape.DYN).build();
    CelBudget budget = CelBudget.of(1000, 1000);
    Evaluation evaluation = ENVIRONMENT.compile(expression).orThrow().evaluate(bindings, budget);
    assertThat(evaluation).isInstanceOf(Evaluation.Value.class);
    assertThat(1000 - budget.remaining()).isEqualTo(cost);
  }
}
