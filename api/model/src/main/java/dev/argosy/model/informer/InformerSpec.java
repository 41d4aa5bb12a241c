package dev.argosy.model.informer;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import java.util.function.Function;

/**
 * What to keep an image of. Keep it in a constant: consumers with equal specs share one informer,
 * and a decoder (a function) equals itself only.
 *
 * @param labelSelector as in the API; empty for all
 * @param fieldSelector as in the API; empty for all
 * @param decoder makes the small immutable value that is kept; called once per revision
 */
public record InformerSpec<T>(
    ResourceScope scope,
    String labelSelector,
    String fieldSelector,
    Function<ApiObject, ? extends T> decoder,
    List<Index<T>> indexes) {

  public InformerSpec {
    indexes = List.copyOf(indexes);
  }

  /** All objects of the scope. */
  @SafeVarargs
  public static <T> InformerSpec<T> of(
      ResourceScope scope, Function<ApiObject, ? extends T> decoder, Index<T>... indexes) {
    return new InformerSpec<>(scope, "", "", decoder, List.of(indexes));
  }

  public InformerSpec<T> withFieldSelector(String selector) {
    return new InformerSpec<>(scope, labelSelector, selector, decoder, indexes);
  }

  public InformerSpec<T> withLabelSelector(String selector) {
    return new InformerSpec<>(scope, selector, fieldSelector, decoder, indexes);
  }
}
