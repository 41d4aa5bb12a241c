package dev.argosy.controllers.gang;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Optional;

/**
 * A PodGroup as its controller sees it.
 *
 * @param least how many members make it whole
 */
record GroupView(ApiObject object, int least, GroupStatus status) {

  static final InformerSpec<GroupView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.POD_GROUPS), GroupView::of);

  static GroupView of(ApiObject object) {
    int least = object.tree().path("spec").path("minMember").asInt(1);
    return new GroupView(object, Math.max(1, least), GroupStatus.of(object.tree().path("status")));
  }

  ObjectKey key() {
    return object.key();
  }

  Subject subject() {
    return Subject.of("scheduling.x-k8s.io/v1alpha1", "PodGroup", object);
  }

  /** The group that a pod names, if it names one. */
  static Optional<ObjectKey> named(PodView pod) {
    return Optional.of(pod.gang())
        .filter(name -> !name.isEmpty())
        .map(name ->
            new ObjectKey(Kinds.POD_GROUPS, pod.key().cluster(), pod.key().namespace(), name));
  }
}
