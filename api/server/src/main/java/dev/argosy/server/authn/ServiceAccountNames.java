package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import java.util.List;
import java.util.Optional;

/** How service accounts, their issuers and audiences are named. */
final class ServiceAccountNames {

  static final GroupResource RESOURCE = new GroupResource("", "serviceaccounts");
  static final GroupResource PODS = new GroupResource("", "pods");
  static final GroupResource SECRETS = new GroupResource("", "secrets");
  static final GroupResource NODES = new GroupResource("", "nodes");

  /** The audience of the API itself, and the issuer of root's tokens. */
  static final String API = "https://kubernetes.default.svc";

  static final String USER_PREFIX = "system:serviceaccount:";
  private static final String GROUP = "system:serviceaccounts";
  private static final String CLUSTER_PATH = API + "/clusters/";

  private ServiceAccountNames() {}

  /**
   * The issuer of a cluster's tokens. Each cluster has its own, so that others who trust issuer and
   * subject (Vault, clouds) cannot mistake one tenant's account for another's.
   */
  static String issuer(String cluster) {
    return cluster.equals(ClusterDirectory.ROOT) ? API : CLUSTER_PATH + cluster;
  }

  /** The cluster of an issuer; empty if it is none of ours. */
  static Optional<String> clusterOf(String issuer) {
    if (issuer.equals(API)) {
      return Optional.of(ClusterDirectory.ROOT);
    }
    return issuer.startsWith(CLUSTER_PATH)
        ? Optional.of(issuer.substring(CLUSTER_PATH.length())).filter(c -> !c.isEmpty())
        : Optional.empty();
  }

  static String user(String namespace, String name) {
    return USER_PREFIX + namespace + ":" + name;
  }

  static List<String> groups(String namespace) {
    return List.of(GROUP, GROUP + ":" + namespace, UserInfo.AUTHENTICATED);
  }

  static ObjectKey key(String cluster, String namespace, String name) {
    return new ObjectKey(RESOURCE, cluster, namespace, name);
  }
}
