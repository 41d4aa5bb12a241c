package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;

/** A volume claim as the set that made it sees it. */
record ClaimView(ApiObject object) {

  static final InformerSpec<ClaimView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.VOLUME_CLAIMS), ClaimView::new);

  /** Whether it goes when that object does. */
  boolean ownedBy(String uid) {
    return object.meta().ownerReferences().stream().anyMatch(o -> o.uid().equals(uid));
  }
}
