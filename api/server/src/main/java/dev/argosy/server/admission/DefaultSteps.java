package dev.argosy.server.admission;

import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.podsecurity.PodSecurity;
import dev.argosy.server.admission.podsecurity.VolumeSecurity;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The steps that every cluster has, in their order: those of Kubernetes' default set, up to the
 * policies and webhooks that a tenant puts in. Quotas come last of all and are charged in the
 * transaction of the write, so they are with the registry.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/">
 *     Admission control</a>
 */
public final class DefaultSteps {

  private DefaultSteps() {}

  public static List<AdmissionStep> of(
      ObjectLookup lookup,
      ClusterObjects objects,
      ClusterDirectory clusters,
      Authorizer authorizer,
      RandomGenerator random) {
    return List.of(
        new SuspendedClusters(clusters, authorizer),
        new NamespaceLifecycle(lookup, clusters),
        new LimitRanger(objects),
        new ServiceAccountStep(lookup, random),
        new NodeRestriction(lookup, authorizer),
        new GrantedNodes(objects, clusters),
        new NewNodeTaint(),
        new PodSecurity(objects, clusters),
        new VolumeSecurity(clusters, authorizer),
        new PriorityStep(objects),
        new DefaultTolerationSeconds(),
        new DefaultStorageClass(objects),
        new StorageProtection(),
        new DriverVolumes(lookup, authorizer),
        new ClaimResize(objects),
        new RuntimeClassStep(objects),
        new SignerRights(authorizer),
        new MastersRequest(),
        new DefaultIngressClass(objects));
  }
}
