package dev.argosy.agent.network.dns;

import dev.argosy.agent.network.service.ServiceView;
import dev.argosy.agent.network.service.SliceView;
import java.util.List;
import java.util.Optional;

/** The services of all tenants. */
public interface ServiceDirectory {

  Optional<ServiceView> service(String cluster, String namespace, String name);

  List<SliceView> slices(String cluster, String namespace, String service);
}
