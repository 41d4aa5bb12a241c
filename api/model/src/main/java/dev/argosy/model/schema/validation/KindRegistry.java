package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.first.FirstObjects;
import java.util.Map;

/** The one list of rules by resource; a kind gets rules by an entry here. */
final class KindRegistry {

  private static final FirstObjects FIRST = FirstObjects.load();

  private static final Map<String, KindRules> RULES =
      Map.ofEntries(
          Map.entry("configmaps", new ConfigRules(false)),
          Map.entry("secrets", new ConfigRules(true)),
          Map.entry("deployments.apps", new DeploymentRules()),
          Map.entry("replicasets.apps", new ReplicaSetRules()),
          Map.entry("statefulsets.apps", new StatefulSetRules()),
          Map.entry("daemonsets.apps", new DaemonSetRules()),
          Map.entry("controllerrevisions.apps", new RevisionRules()),
          Map.entry("jobs.batch", new JobRules()),
          Map.entry("cronjobs.batch", new CronJobRules()),
          Map.entry("horizontalpodautoscalers.autoscaling", new ScalerRules()),
          Map.entry("poddisruptionbudgets.policy", new DisruptionBudgetRules()),
          Map.entry("replicationcontrollers", new ReplicationControllerRules()),
          Map.entry("podtemplates", new PodTemplateRules()),
          Map.entry("persistentvolumes", new PersistentVolumeRules()),
          Map.entry("persistentvolumeclaims", new ClaimRules()),
          Map.entry("limitranges", new LimitRangeRules()),
          Map.entry("resourcequotas", new QuotaRules()),
          Map.entry("pods", new PodRules()),
          Map.entry("services", new ServiceRules()),
          Map.entry("endpoints", new EndpointsRules()),
          Map.entry("endpointslices.discovery.k8s.io", new EndpointSliceRules()),
          Map.entry("events", new EventRules(false)),
          Map.entry("events.events.k8s.io", new EventRules(true)),
          Map.entry("leases.coordination.k8s.io", new LeaseRules()),
          Map.entry("namespaces", new NamespaceRules()),
          Map.entry("nodes", new NodeRules()),
          Map.entry("roles.rbac.authorization.k8s.io", new RbacRules(false, false)),
          Map.entry("clusterroles.rbac.authorization.k8s.io", new RbacRules(false, true)),
          Map.entry("rolebindings.rbac.authorization.k8s.io", new RbacRules(true, false)),
          Map.entry("clusterrolebindings.rbac.authorization.k8s.io", new RbacRules(true, true)),
          Map.entry("certificatesigningrequests.certificates.k8s.io", new SigningRequestRules()),
          Map.entry("clustertrustbundles.certificates.k8s.io", new TrustBundleRules()),
          Map.entry("podcertificaterequests.certificates.k8s.io", new PodCertificateRules()),
          Map.entry("selfsubjectaccessreviews.authorization.k8s.io", new ReviewRules()),
          Map.entry("subjectaccessreviews.authorization.k8s.io", new ReviewRules()),
          Map.entry("localsubjectaccessreviews.authorization.k8s.io", new ReviewRules()),
          Map.entry("accessexplanations.access.argosy.dev", new ReviewRules()),
          Map.entry("accesstokens.access.argosy.dev", new AccessTokenRules()),
          Map.entry("whocans.access.argosy.dev", new ReviewRules()),
          Map.entry(
              "mutatingwebhookconfigurations.admissionregistration.k8s.io", new WebhookRules()),
          Map.entry(
              "validatingwebhookconfigurations.admissionregistration.k8s.io", new WebhookRules()),
          Map.entry(
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              new AdmissionPolicyRules(false)),
          Map.entry(
              "validatingadmissionpolicybindings.admissionregistration.k8s.io",
              new PolicyBindingRules(false)),
          Map.entry(
              "mutatingadmissionpolicies.admissionregistration.k8s.io",
              new AdmissionPolicyRules(true)),
          Map.entry(
              "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
              new PolicyBindingRules(true)),
          Map.entry("customresourcedefinitions.apiextensions.k8s.io", new DefinitionRules()),
          Map.entry("apiservices.apiregistration.k8s.io", new ApiServiceRules()),
          Map.entry("ingresses.networking.k8s.io", new IngressRules()),
          Map.entry("ingressclasses.networking.k8s.io", new IngressClassRules()),
          Map.entry("networkpolicies.networking.k8s.io", new NetworkPolicyRules()),
          Map.entry("servicecidrs.networking.k8s.io", new AddressRangeRules()),
          Map.entry("ipaddresses.networking.k8s.io", new AddressRules()),
          Map.entry("storageclasses.storage.k8s.io", new StorageClassRules(false)),
          Map.entry("volumeattributesclasses.storage.k8s.io", new StorageClassRules(true)),
          Map.entry("csidrivers.storage.k8s.io", new CsiDriverRules(false)),
          Map.entry("csinodes.storage.k8s.io", new CsiDriverRules(true)),
          Map.entry("csistoragecapacities.storage.k8s.io", new StorageCapacityRules()),
          Map.entry("volumeattachments.storage.k8s.io", new VolumeAttachmentRules()),
          Map.entry("runtimeclasses.node.k8s.io", new RuntimeClassRules()),
          Map.entry("priorityclasses.scheduling.k8s.io", new PriorityClassRules()),
          Map.entry("podgroups.scheduling.x-k8s.io", new PodGroupRules()),
          Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", new FlowSchemaRules(FIRST)),
          Map.entry(
              "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
              new PriorityLevelRules(FIRST)),
          Map.entry("deviceclasses.resource.k8s.io", new DeviceClassRules()),
          Map.entry("resourceclaims.resource.k8s.io", new DeviceClaimRules(false)),
          Map.entry("resourceclaimtemplates.resource.k8s.io", new DeviceClaimRules(true)),
          Map.entry("resourceslices.resource.k8s.io", new DeviceSliceRules()),
          Map.entry("placementqueries.scheduling.argosy.dev", new PlacementQueryRules()),
          Map.entry("tenantbudgets.tenancy.argosy.dev", new TenantBudgetRules()),
          Map.entry("tenantquotas.tenancy.argosy.dev", new TenantQuotaRules()),
          Map.entry("tenants.tenancy.argosy.dev", new TenancyRules(false)),
          Map.entry("tenantrequests.tenancy.argosy.dev", new TenantRequestRules()),
          Map.entry("tenantrequestpolicies.tenancy.argosy.dev", new TenantRequestPolicyRules()),
          Map.entry("invitations.tenancy.argosy.dev", new InvitationRules()),
          Map.entry("serviceclients.tenancy.argosy.dev", new ServiceClientRules()),
          Map.entry("breakglasses.tenancy.argosy.dev", new BreakGlassRules()),
          Map.entry("tenanttemplates.tenancy.argosy.dev", new TenantTemplateRules()),
          Map.entry("tenantroles.tenancy.argosy.dev", new TenantRoleRules()),
          Map.entry("accessgrants.tenancy.argosy.dev", new AccessGrantRules()),
          Map.entry("members.tenancy.argosy.dev", new TenancyRules(true)));

  private KindRegistry() {}

  /** The rules of a resource ({@code deployments.apps}); none if it has none of its own. */
  static KindRules of(String resource) {
    return RULES.getOrDefault(resource, NoRules.INSTANCE);
  }
}
