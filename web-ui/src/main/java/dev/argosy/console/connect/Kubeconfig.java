package dev.argosy.console.connect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A kubeconfig for one tenant's cluster. It holds no credential: the plug-in gets one.
 *
 * @param tenant also the name of cluster, context and user in it
 * @param authority PEM certificates that the API's own is verified with; empty if those of the
 *     user's machine do
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig</a>
 */
record Kubeconfig(CommandLineSettings settings, String tenant, String authority) {

  /** What the plug-in's file is called. */
  static final String PLUGIN = "kubectl-login";

  String fileName() {
    return "argosy-" + tenant + ".yaml";
  }

  String yaml() {
    return """
    apiVersion: v1
    kind: Config
    current-context: %1$s
    clusters:
    - name: %1$s
      cluster:
        server: %2$s/clusters/%1$s
    %3$scontexts:
    - name: %1$s
      context: {cluster: %1$s, user: %1$s, namespace: default}
    users:
    - name: %1$s
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1beta1
          command: %4$s
          args: ['--client', '%5$s', '%6$s']
          interactiveMode: IfAvailable
          installHint: download %4$s from the console's page Connect, and put it into a folder of your PATH
    """
        .formatted(
            tenant,
            settings.api(),
            authorityLine(),
            PLUGIN,
            settings.clientId(),
            settings.issuer());
  }

  private String authorityLine() {
    return authority.isEmpty()
        ? ""
        : "    certificate-authority-data: "
            + Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8))
            + "\n";
  }
}
