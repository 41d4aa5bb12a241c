package dev.argosy.model.quantity;

import java.util.Set;

/**
 * What quotas of tenants call the room that a tenant takes up in etcd: all objects that its cluster
 * serves, of whatever kind, custom ones and events too.
 */
public final class EtcdAmounts {

  /** How many objects. */
  public static final String OBJECTS = "etcd.argosy.dev/objects";

  /** How large they are together: each as its JSON is kept, before it is encrypted. */
  public static final String BYTES = "etcd.argosy.dev/bytes";

  private static final String DOMAIN = "etcd.argosy.dev/";
  private static final Set<String> ALL = Set.of(OBJECTS, BYTES);

  private EtcdAmounts() {}

  /** Whether it is one of these. */
  public static boolean is(String name) {
    return ALL.contains(name);
  }

  /** Whether the name belongs here, known or not. */
  public static boolean claims(String name) {
    return name.startsWith(DOMAIN);
  }
}
