package dev.argosy.controllers.serviceaccount;

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

/** Makes the service account {@code default} wherever it is missing. Keys are namespaces. */
public final class ServiceAccountController implements Reconciler {

  private static final String NAME = FirstOfNamespace.ACCOUNT;
  private static final InformerSpec<ObjectKey> ACCOUNTS =
      InformerSpec.of(ResourceScope.everywhere(Kinds.SERVICE_ACCOUNTS), ApiObject::key)
          .withFieldSelector("metadata.name=" + NAME);

  private final ApiClient client;
  private final Informer<NamespaceView> namespaces;
  private final Informer<ObjectKey> accounts;

  private ServiceAccountController(ControllerContext context) {
    this.client = context.client("service-account-controller");
    this.namespaces = context.informer(NamespaceView.EVERYWHERE);
    this.accounts = context.informer(ACCOUNTS);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    ServiceAccountController controller = new ServiceAccountController(context);
    controller.namespaces.onChange(namespace -> queue.add(namespace.key()));
    controller.accounts.onChange(account -> queue.add(NamespaceView.keyOf(account)));
    return new ControllerLoop("serviceaccount", queue, controller, 8);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    ObjectKey account = new ObjectKey(Kinds.SERVICE_ACCOUNTS, key.cluster(), key.name(), NAME);
    if (namespaces.get(key).filter(n -> !n.terminating()).isEmpty()
        || accounts.get(account).isPresent()
        || client.get(account).orAbsent().isPresent()) {
      return Outcome.DONE;
    }
    ResourceScope scope =
        ResourceScope.namespace(Kinds.SERVICE_ACCOUNTS, key.cluster(), key.name());
    return switch (client.create(scope, FirstOfNamespace.account(key.name()))) {
      case ApiResult.Ok<ApiObject> ok -> Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.ALREADY_EXISTS || status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}
