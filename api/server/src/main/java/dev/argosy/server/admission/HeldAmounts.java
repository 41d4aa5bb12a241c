package dev.argosy.server.admission;

import dev.argosy.model.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a container asks for, or what it was given last if that is more.
 *
 * @param list {@code requests} or {@code limits}
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/">
 *     Resizing containers</a>
 */
record HeldAmounts(JsonNode pod, String list) implements Function<JsonNode, Map<String, Quantity>> {

  private static final List<String> STATUSES =
      List.of("containerStatuses", "initContainerStatuses");

  @Override
  public Map<String, Quantity> apply(JsonNode container) {
    Map<String, Quantity> amounts = Amounts.of(container.path("resources").path(list));
    String name = container.path("name").asString("");
    for (String statuses : STATUSES) {
      for (JsonNode status : pod.path("status").path(statuses)) {
        if (status.path("name").asString("").equals(name)) {
          raise(amounts, status);
        }
      }
    }
    return amounts;
  }

  private void raise(Map<String, Quantity> amounts, JsonNode status) {
    Amounts.raise(amounts, Amounts.of(status.path("resources").path(list)));
    if (list.equals("requests")) {
      Amounts.raise(amounts, Amounts.of(status.path("allocatedResources")));
    }
  }
}
