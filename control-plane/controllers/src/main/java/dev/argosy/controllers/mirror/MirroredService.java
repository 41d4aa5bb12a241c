package dev.argosy.controllers.mirror;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;

/**
 * What matters of a Service.
 *
 * @param selects whether its endpoints come of a selector
 */
record MirroredService(ObjectKey key, boolean selects) {

  static final InformerSpec<MirroredService> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.SERVICES), MirroredService::of);

  static MirroredService of(ApiObject service) {
    return new MirroredService(
        service.key(), !service.tree().path("spec").path("selector").isEmpty());
  }
}
