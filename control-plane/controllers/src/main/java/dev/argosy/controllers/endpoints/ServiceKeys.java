package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.util.List;

/** Which Services a change concerns. */
final class ServiceKeys {

  private ServiceKeys() {}

  static List<ObjectKey> of(Informer<ServiceView> services, PodView pod) {
    return ServiceView.BY_SELECTOR.matching(services, pod.object()).map(ServiceView::key).toList();
  }

  static List<PodView> pods(Informer<PodView> pods, ServiceView service) {
    return pods.find(
        PodView.BY_NAMESPACE, PodView.place(service.key().cluster(), service.key().namespace()));
  }
}
