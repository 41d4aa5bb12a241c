package dev.argosy.controllers.runtime;

import dev.argosy.model.kind.GroupResource;

/** The resources that controllers know by name. */
public final class Kinds {

  public static final GroupResource PODS = new GroupResource("", "pods");
  public static final GroupResource NODES = new GroupResource("", "nodes");
  public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  public static final GroupResource SERVICES = new GroupResource("", "services");
  public static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");
  public static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  public static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
  public static final GroupResource EVENTS = new GroupResource("", "events");
  public static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
  public static final GroupResource REPLICA_SETS = new GroupResource("apps", "replicasets");
  public static final GroupResource REPLICATION_CONTROLLERS =
      new GroupResource("", "replicationcontrollers");
  public static final GroupResource STATEFUL_SETS = new GroupResource("apps", "statefulsets");
  public static final GroupResource DAEMON_SETS = new GroupResource("apps", "daemonsets");
  public static final GroupResource REVISIONS = new GroupResource("apps", "controllerrevisions");
  public static final GroupResource JOBS = new GroupResource("batch", "jobs");
  public static final GroupResource CRON_JOBS = new GroupResource("batch", "cronjobs");
  public static final GroupResource VOLUME_CLAIMS = new GroupResource("", "persistentvolumeclaims");
  public static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  public static final GroupResource STORAGE_CLASSES =
      new GroupResource("storage.k8s.io", "storageclasses");
  public static final GroupResource ATTACHMENTS =
      new GroupResource("storage.k8s.io", "volumeattachments");
  public static final GroupResource CSI_DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");
  public static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
  public static final GroupResource STORAGE_CAPACITIES =
      new GroupResource("storage.k8s.io", "csistoragecapacities");
  public static final GroupResource ATTRIBUTES_CLASSES =
      new GroupResource("storage.k8s.io", "volumeattributesclasses");
  public static final GroupResource SECRETS = new GroupResource("", "secrets");
  public static final GroupResource POD_GROUPS =
      new GroupResource("scheduling.x-k8s.io", "podgroups");
  public static final GroupResource DISRUPTION_BUDGETS =
      new GroupResource("policy", "poddisruptionbudgets");
  public static final GroupResource AUTOSCALERS =
      new GroupResource("autoscaling", "horizontalpodautoscalers");
  public static final GroupResource CERTIFICATE_REQUESTS =
      new GroupResource("certificates.k8s.io", "certificatesigningrequests");
  public static final GroupResource POD_CERTIFICATE_REQUESTS =
      new GroupResource("certificates.k8s.io", "podcertificaterequests");
  public static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
  public static final GroupResource SERVICE_CIDRS =
      new GroupResource("networking.k8s.io", "servicecidrs");
  public static final GroupResource ENDPOINT_SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");

  /** The platform's own logical cluster, where nodes live. */
  public static final String ROOT = "root";

  private Kinds() {}
}
