package dev.argosy.controllers.rootca;

import dev.argosy.controllers.namespace.NamespaceView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.first.FirstOfNamespace;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the config map {@code kube-root-ca.crt} with the API's CA in every namespace, and puts it
 * back when somebody changes it. Keys are namespaces.
 */
public final class RootCaController implements Reconciler {

  private static final String NAME = FirstOfNamespace.ROOT_CA;

  private static final InformerSpec<ApiObject> MAPS =
      InformerSpec.<ApiObject>of(
              ResourceScope.everywhere(Kinds.CONFIG_MAPS), (ApiObject object) -> object)
          .withFieldSelector("metadata.name=" + NAME);

  private final ApiClient client;
  private final Informer<NamespaceView> namespaces;
  private final Informer<ApiObject> maps;
  private final String caPem;

  private RootCaController(ControllerContext context, String caPem) {
    this.client = context.client("root-ca-cert-publisher");
    this.namespaces = context.informer(NamespaceView.EVERYWHERE);
    this.maps = context.informer(MAPS);
    this.caPem = caPem;
  }

  /**
   * @param caPem certificates that clients in pods shall trust
   */
  public static ControllerLoop create(ControllerContext context, String caPem) {
    KeyQueue queue = context.queue();
    RootCaController controller = new RootCaController(context, caPem);
    controller.namespaces.onChange(namespace -> queue.add(namespace.key()));
    controller.maps.onChange(map -> queue.add(NamespaceView.keyOf(map.key())));
    return new ControllerLoop("root-ca", queue, controller, 8);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    if (namespaces.get(key).filter(n -> !n.terminating()).isEmpty()) {
      return Outcome.DONE;
    }
    ObjectKey mapKey = new ObjectKey(Kinds.CONFIG_MAPS, key.cluster(), key.name(), NAME);
    Optional<ApiObject> present = maps.get(mapKey).or(() -> client.get(mapKey).orAbsent());
    if (present.isEmpty()) {
      return result(
          client.create(
              ResourceScope.namespace(Kinds.CONFIG_MAPS, key.cluster(), key.name()),
              FirstOfNamespace.rootCa(key.name(), caPem)));
    }
    ObjectNode tree = present.get().tree();
    ObjectNode wanted = FirstOfNamespace.trusting(tree.deepCopy(), caPem);
    return wanted.equals(tree) ? Outcome.DONE : result(client.update(mapKey, wanted));
  }

  private static Outcome result(ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject> ok -> Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.ALREADY_EXISTS || status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}
