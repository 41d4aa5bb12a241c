package dev.argosy.model.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.JsonNodeFactory;

class FieldSetProperties {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Provide
  Arbitrary<FieldSet> sets() {
    return path().list().ofMaxSize(12).map(FieldSetProperties::union);
  }

  private static FieldSet union(List<FieldSet> paths) {
    FieldSet all = FieldSet.EMPTY;
    for (FieldSet path : paths) {
      all = all.union(path);
    }
    return all;
  }

  private static Arbitrary<FieldSet> path() {
    return element().list().ofMinSize(1).ofMaxSize(4).map(FieldSetProperties::path);
  }

  private static FieldSet path(List<PathElement> elements) {
    FieldSet set = FieldSet.EMPTY;
    for (int i = elements.size() - 1; i >= 0; i--) {
      boolean last = i == elements.size() - 1;
      set = FieldSet.of(List.of(new FieldSet.Entry(elements.get(i), last, set)));
    }
    return set;
  }

  private static Arbitrary<PathElement> element() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c.d/e", "\ud83d\ude00", "\uffee", "");
    return Arbitraries.oneOf(
        names.map(PathElement.Name::new),
        names.map(n -> new PathElement.Value(NODES.stringNode(n))),
        Arbitraries.integers().between(0, 3).map(i -> new PathElement.Value(NODES.numberNode(i))),
        Arbitraries.integers().between(0, 3).map(PathElement.Index::new),
        names.map(n ->
            new PathElement.Key(
                List.of(
                    new PathElement.KeyField("z", NODES.booleanNode(true)),
                    new PathElement.KeyField("name", NODES.stringNode(n))))));
  }

  private static TreeSet<String> paths(FieldSet set) {
    return new TreeSet<>(set.paths());
  }

  @Property(tries = 300)
  void unionHasThePathsOfBoth(@ForAll("sets") FieldSet a, @ForAll("sets") FieldSet b) {
    TreeSet<String> expected = paths(a);
    expected.addAll(paths(b));
    assertThat(paths(a.union(b))).isEqualTo(expected);
    assertThat(a.union(b)).isEqualTo(b.union(a));
    assertThat(a.union(b).union(b)).isEqualTo(a.union(b));
  }

  @Property(tries = 300)
  void intersectionAndDifferenceDivideASet(@ForAll("sets") FieldSet a, @ForAll("sets") FieldSet b) {
    TreeSet<String> shared = paths(a);
    shared.retainAll(paths(b));
    assertThat(paths(a.intersection(b))).isEqualTo(shared);
    TreeSet<String> own = paths(a);
    own.removeAll(paths(b));
    assertThat(paths(a.difference(b))).isEqualTo(own);
    assertThat(a.difference(b).union(a.intersection(b))).isEqualTo(a);
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("sets") FieldSet set) {
    String written = FieldsV1.text(set);
    FieldSet read = FieldsV1.read(Json.mapper().readTree(written));
    assertThat(read).isEqualTo(set);
    assertThat(FieldsV1.text(read)).isEqualTo(written);
    assertThat(Json.mapper().readTree(written).toString()).isEqualTo(written);
  }

  @Property(tries = 300)
  void anythingElseIsRefusedOrIgnored(@ForAll String name) {
    var tree = Json.object();
    tree.putObject(name);
    try {
      assertThat(FieldsV1.read(tree)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("");
    }
  }
}
