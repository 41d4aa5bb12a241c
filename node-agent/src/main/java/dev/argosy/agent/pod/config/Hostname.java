package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.PodView;

/**
 * What a pod is called.
 *
 * @param domain below which its name is known; empty if it is not
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/">DNS for
 *     services and pods</a>
 */
public record Hostname(String name, String domain) {

  private static final int LONGEST_LABEL = 63;

  /** What the kernel takes. */
  private static final int LONGEST = 64;

  public static Hostname of(PodView pod) {
    String override = pod.spec().path("hostnameOverride").asString("");
    if (!override.isEmpty()) {
      return new Hostname(override, "");
    }
    String wanted = pod.spec().path("hostname").asString("");
    String name = wanted.isEmpty() ? pod.key().name() : wanted;
    String subdomain = pod.spec().path("subdomain").asString("");
    return new Hostname(
        name.length() <= LONGEST_LABEL
            ? name
            : name.substring(0, LONGEST_LABEL).replaceFirst("[-.]+$", ""),
        subdomain.isEmpty() ? "" : subdomain + "." + pod.key().namespace() + ".svc.cluster.local");
  }

  /** With its domain, if it has one. */
  String full() {
    return domain.isEmpty() ? name : name + "." + domain;
  }

  /** What the pod's own kernel calls it. */
  public static String inKernel(PodView pod) throws ConfigFailure {
    Hostname hostname = of(pod);
    if (!pod.spec().path("setHostnameAsFQDN").asBoolean(false) || hostname.domain.isEmpty()) {
      return hostname.name;
    }
    String full = hostname.full();
    if (full.length() > LONGEST) {
      throw new ConfigFailure(
          "Failed to construct FQDN from Pod hostname and cluster domain, FQDN %s is too long (%d characters is the max, %d characters requested)"
              .formatted(full, LONGEST, full.length()));
    }
    return full;
  }
}
