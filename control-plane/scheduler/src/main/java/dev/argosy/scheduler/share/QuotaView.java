package dev.argosy.scheduler.share;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A tenant's quota as the scheduler sees it: what it guarantees, as far as that is in force.
 *
 * @param guaranteed by resource as nodes name them, {@code pods} among them; processors in
 *     thousandths
 */
public record QuotaView(ObjectKey key, String tenant, Map<String, Long> guaranteed) {

  private static final String REQUESTS = "requests.";

  /** The quotas of all tenants. */
  public static final InformerSpec<QuotaView> ALL =
      InformerSpec.of(
          ResourceScope.cluster(new GroupResource("tenancy.argosy.dev", "tenantquotas"), "root"),
          QuotaView::of);

  public QuotaView {
    guaranteed = Map.copyOf(guaranteed);
  }

  static QuotaView of(ApiObject quota) {
    Map<String, Long> guaranteed = new HashMap<>();
    JsonNode list = quota.tree().path("status").path("guaranteed");
    list.forEachEntry((name, amount) ->
        resource(name)
            .ifPresent(resource ->
                guaranteed.merge(resource, number(resource, amount.asString("0")), Math::max)));
    String tenant = quota.tree().path("spec").path("tenant").asString("");
    return new QuotaView(quota.key(), tenant, guaranteed);
  }

  /** The resource of nodes that a name of a quota bounds; empty for limits and objects. */
  private static Optional<String> resource(String name) {
    return switch (name) {
      case "pods", "count/pods" -> Optional.of(Load.PODS);
      case Load.CPU, Load.MEMORY, Load.STORAGE -> Optional.of(name);
      case "requests.storage" -> Optional.empty();
      default ->
          name.startsWith(REQUESTS)
              ? Optional.of(name.substring(REQUESTS.length()))
              : Optional.of(name).filter(n -> n.startsWith("hugepages-"));
    };
  }

  private static long number(String resource, String amount) {
    Quantity quantity = Quantity.parse(amount);
    return resource.equals(Load.CPU) ? quantity.milliValue() : quantity.value();
  }
}
