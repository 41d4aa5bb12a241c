package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;

/** Endpoints and the Service of their name, for those who write them and those who mirror them. */
public final class EndpointsObject {

  /** One image for all. */
  public static final InformerSpec<ApiObject> EVERYWHERE =
      InformerSpec.<ApiObject>of(
          ResourceScope.everywhere(Kinds.ENDPOINTS), (ApiObject object) -> object);

  private EndpointsObject() {}

  public static ObjectKey of(ObjectKey service) {
    return beside(service, Kinds.ENDPOINTS);
  }

  public static ObjectKey serviceOf(ObjectKey endpoints) {
    return beside(endpoints, Kinds.SERVICES);
  }

  private static ObjectKey beside(ObjectKey key, GroupResource resource) {
    return new ObjectKey(resource, key.cluster(), key.namespace(), key.name());
  }
}
