package dev.argosy.controllers.runtime;

import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.Requirement;
import dev.argosy.model.selector.Requirement.Operator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the objects whose selectors may match labels, without looking at all of a namespace: an
 * informer tells the changes of all tenants on one thread, and one tenant with many selectors must
 * not hold up the others' news. Each object is filed under one label that its selector demands;
 * those that demand none are looked at always.
 *
 * @param <T> how the objects are seen
 */
public final class BySelector<T> {

  private static final String NAME = "selector";
  private static final String ANY = "*";

  private final Function<T, ApiObject> object;
  private final Function<T, LabelSelector> selector;

  /**
   * @param selector {@link LabelSelector#NOTHING} if it has none
   */
  public BySelector(Function<T, ApiObject> object, Function<T, LabelSelector> selector) {
    this.object = object;
    this.selector = selector;
  }

  /** What the informer must have. */
  public Index<T> index() {
    return new Index<>(NAME, this::filed);
  }

  private List<String> filed(T value) {
    LabelSelector wanted = selector.apply(value);
    if (wanted.matchesNothing()) {
      return List.of();
    }
    String label =
        wanted.requirements().stream()
            .filter(r -> r.operator() == Operator.IN && r.values().size() == 1)
            .map(BySelector::label)
            .findFirst()
            .orElse(ANY);
    return List.of(place(object.apply(value).key()) + label);
  }

  private static String label(Requirement exact) {
    return exact.key() + "=" + exact.values().getFirst();
  }

  private static String place(ObjectKey key) {
    return key.cluster() + "/" + key.namespace() + "/";
  }

  /** Those beside an object whose selectors match its labels. */
  public Stream<T> matching(Informer<T> informer, ApiObject beside) {
    Map<String, String> labels = beside.meta().labels();
    return candidates(informer, beside).filter(value -> selector.apply(value).matches(labels));
  }

  private Stream<T> candidates(Informer<T> informer, ApiObject beside) {
    String place = place(beside.key());
    Stream<String> labels =
        beside.meta().labels().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
    return Stream.concat(Stream.of(ANY), labels)
        .flatMap(label -> informer.find(NAME, place + label).stream());
  }
}
