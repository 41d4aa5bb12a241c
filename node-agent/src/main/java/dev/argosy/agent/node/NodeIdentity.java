package dev.argosy.agent.node;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;

/**
 * Who the node is in the API. Nodes live in the platform's own cluster.
 *
 * @param ip the address at which other nodes and the server reach it
 * @param pool the value of its label {@code argosy.dev/pool}
 */
public record NodeIdentity(String name, String ip, String pool) {

  public static final String ROOT = "root";
  public static final GroupResource NODES = new GroupResource("", "nodes");
  static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
  static final String LEASE_NAMESPACE = "kube-node-lease";

  public ObjectKey key() {
    return new ObjectKey(NODES, ROOT, "", name);
  }

  ObjectKey leaseKey() {
    return new ObjectKey(LEASES, ROOT, LEASE_NAMESPACE, name);
  }
}
