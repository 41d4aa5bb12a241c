package dev.argosy.server.custom.definition;

/** Groups that are not anybody's. */
public final class Protected {

  private Protected() {}

  /** Groups of the Kubernetes community, which need its approval. */
  public static boolean group(String group) {
    return group.equals("k8s.io")
        || group.endsWith(".k8s.io")
        || group.equals("kubernetes.io")
        || group.endsWith(".kubernetes.io");
  }

  /** Groups of the platform itself, whose objects live elsewhere. */
  public static boolean ofPlatform(String group) {
    return group.equals("argosy.dev") || group.endsWith(".argosy.dev");
  }
}
