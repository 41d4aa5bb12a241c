package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what storage a cluster has that is being emptied, and tells what of it is kept. */
final class ClusterStorage {

  /** What drivers are asked with: it goes when nothing is to be asked any more. */
  static final Set<GroupResource> NEEDED =
      Set.of(
          new GroupResource("", "secrets"),
          new GroupResource("", "namespaces"),
          new GroupResource("storage.k8s.io", "storageclasses"),
          new GroupResource("storage.k8s.io", "volumeattributesclasses"));

  private static final Logger LOG = LoggerFactory.getLogger(ClusterStorage.class);
  private static final GroupResource DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");

  private final ApiClient client;
  private final EventRecorder events;

  ClusterStorage(ApiClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  /** What becomes of it, as things are now. */
  StorageEnd of(String cluster) {
    Set<String> drivers = new HashSet<>();
    all(DRIVERS, ClusterDirectory.ROOT).forEach(driver -> drivers.add(driver.name()));
    return StorageEnd.of(
        all(StorageEnd.VOLUMES, cluster),
        all(StorageEnd.ATTACHMENTS, cluster),
        all(StorageEnd.CLAIMS, cluster),
        drivers);
  }

  private List<ApiObject> all(GroupResource resource, String cluster) {
    List<ApiObject> all = new ArrayList<>();
    String token = "";
    do {
      ListOptions page = new ListOptions("", "", 500, token, "", "");
      ObjectList found = client.list(ResourceScope.cluster(resource, cluster), page).orThrow();
      all.addAll(found.items());
      token = found.continueToken();
    } while (!token.isEmpty());
    return all;
  }

  /** That what a volume held stays, although nobody will know of it here any more. */
  void tell(ApiObject tenant, ApiObject volume, VolumeEnd.Keeps kept) {
    String message = "What volume " + volume.name() + " held is kept " + kept.where();
    LOG.info("tenant {} is deleted. {}", tenant.name(), message);
    String version = Tenant.RESOURCE.group() + "/v1";
    events.warning(Subject.of(version, "Tenant", tenant), "VolumeKept", message);
  }
}
