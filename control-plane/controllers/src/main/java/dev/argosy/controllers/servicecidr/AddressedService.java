package dev.argosy.controllers.servicecidr;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/** The addresses of a Service. */
record AddressedService(ObjectKey key, List<String> addresses) {

  static final InformerSpec<AddressedService> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.SERVICES), AddressedService::of);

  AddressedService {
    addresses = List.copyOf(addresses);
  }

  static AddressedService of(ApiObject object) {
    List<String> addresses = new ArrayList<>(1);
    object
        .content()
        .path("spec")
        .path("clusterIPs")
        .forEach(address -> addresses.add(address.asString("")));
    return new AddressedService(object.key(), addresses);
  }
}
