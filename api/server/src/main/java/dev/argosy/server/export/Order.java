package dev.argosy.server.export;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which kinds are exported, and which must come before others. */
final class Order {

  /** What the system makes, or what belongs to the platform's machines and moments. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "events",
          "events.events.k8s.io",
          "nodes",
          "persistentvolumes",
          "leases.coordination.k8s.io",
          "controllerrevisions.apps",
          "certificatesigningrequests.certificates.k8s.io",
          "podcertificaterequests.certificates.k8s.io",
          "ipaddresses.networking.k8s.io",
          "resourceslices.resource.k8s.io",
          "csinodes.storage.k8s.io",
          "csistoragecapacities.storage.k8s.io",
          "volumeattachments.storage.k8s.io");

  private static final List<String> FIRST =
      List.of(
          "customresourcedefinitions.apiextensions.k8s.io",
          "namespaces",
          "priorityclasses.scheduling.k8s.io",
          "storageclasses.storage.k8s.io",
          "runtimeclasses.node.k8s.io",
          "clusterroles.rbac.authorization.k8s.io",
          "roles.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io",
          "rolebindings.rbac.authorization.k8s.io",
          "serviceaccounts",
          "secrets",
          "configmaps",
          "limitranges",
          "persistentvolumeclaims",
          "services");

  /** These judge or change what comes after them, or count it. */
  private static final List<String> LAST =
      List.of(
          "resourcequotas",
          "apiservices.apiregistration.k8s.io",
          "validatingadmissionpolicies.admissionregistration.k8s.io",
          "validatingadmissionpolicybindings.admissionregistration.k8s.io",
          "mutatingadmissionpolicies.admissionregistration.k8s.io",
          "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
          "validatingwebhookconfigurations.admissionregistration.k8s.io",
          "mutatingwebhookconfigurations.admissionregistration.k8s.io");

  /** Custom resources come after what Kubernetes has, before what judges. */
  static final Comparator<KindSchema> OF_KINDS =
      Comparator.<KindSchema>comparingInt(Order::rank)
          .thenComparing(kind -> kind.type().groupResource());

  private Order() {}

  static boolean carried(KindSchema kind) {
    ResourceType type = kind.type();
    return type.stored()
        && type.verbs().containsAll(Set.of("create", "list"))
        && !type.group().equals("tenancy.argosy.dev")
        && !LEFT_OUT.contains(type.groupResource().toString());
  }

  private static int rank(KindSchema kind) {
    String name = kind.type().groupResource().toString();
    int first = FIRST.indexOf(name);
    int last = LAST.indexOf(name);
    if (last >= 0) {
      return FIRST.size() + 2 + last;
    }
    return first >= 0 ? first : FIRST.size() + (kind.struct().isPresent() ? 0 : 1);
  }
}
