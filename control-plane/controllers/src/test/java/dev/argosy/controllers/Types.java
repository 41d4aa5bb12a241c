package dev.argosy.controllers;

import dev.argosy.model.kind.ResourceType;
import java.util.List;
import java.util.Set;

/** The resources that the tests use. */
final class Types {

  static final List<ResourceType> ALL =
      List.of(
          type("", "v1", "namespaces", "Namespace", false),
          type("", "v1", "nodes", "Node", false),
          type("", "v1", "pods", "Pod", true),
          type("", "v1", "services", "Service", true),
          type("", "v1", "endpoints", "Endpoints", true),
          type("", "v1", "configmaps", "ConfigMap", true),
          type("", "v1", "serviceaccounts", "ServiceAccount", true),
          type("", "v1", "events", "Event", true),
          type("", "v1", "replicationcontrollers", "ReplicationController", true),
          type("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true),
          type("", "v1", "persistentvolumes", "PersistentVolume", false),
          type("tenancy.argosy.dev", "v1", "tenants", "Tenant", false),
          type("storage.k8s.io", "v1", "storageclasses", "StorageClass", false),
          type("storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment", false),
          type("storage.k8s.io", "v1", "csidrivers", "CSIDriver", false),
          type("storage.k8s.io", "v1", "csinodes", "CSINode", false),
          type("storage.k8s.io", "v1", "csistoragecapacities", "CSIStorageCapacity", true),
          type("networking.k8s.io", "v1", "servicecidrs", "ServiceCIDR", false),
          type("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true),
          type("scheduling.x-k8s.io", "v1alpha1", "podgroups", "PodGroup", true),
          type("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true),
          type("batch", "v1", "jobs", "Job", true),
          type("batch", "v1", "cronjobs", "CronJob", true),
          type("apps", "v1", "statefulsets", "StatefulSet", true),
          type("apps", "v1", "daemonsets", "DaemonSet", true),
          type("apps", "v1", "controllerrevisions", "ControllerRevision", true),
          type("apps", "v1", "deployments", "Deployment", true),
          type("apps", "v1", "replicasets", "ReplicaSet", true),
          type("coordination.k8s.io", "v1", "leases", "Lease", true),
          type("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true));

  private Types() {}

  private static ResourceType type(
      String group, String version, String resource, String kind, boolean namespaced) {
    return new ResourceType(
        group,
        version,
        resource,
        kind.toLowerCase(java.util.Locale.ROOT),
        kind,
        namespaced,
        List.of(),
        List.of(),
        List.of("create", "delete", "get", "list", "patch", "update", "watch"),
        Set.of("status"));
  }
}
