package dev.argosy.agent.pod.sync;

import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.view.PodView;
import java.util.List;

/** Keeps ports of the machine leading to a pod while it has a sandbox. Only its worker enters. */
final class PodPorts {

  private final PodNode node;
  private boolean any;

  /** The last failure, told once; empty while there is none. */
  private String trouble = "";

  PodPorts(PodNode node) {
    this.node = node;
  }

  void follow(PodView pod, Observed observed) {
    List<PortMapping> wanted =
        observed.sandbox().isPresent() ? PodAdmission.published(pod) : List.of();
    if (wanted.isEmpty() && !any) {
      return;
    }
    any = !wanted.isEmpty();
    String now = node.network().publish(pod.uid(), wanted).orElse("");
    if (!now.isEmpty() && !now.equals(trouble)) {
      node.events().warning(pod, "", "FailedHostPort", "Host ports do not lead to the pod: " + now);
    }
    trouble = now;
  }
}
