package dev.argosy.server.flowcontrol;

import dev.argosy.model.kind.GroupResource;

/** The resources that say how requests are treated. */
final class FlowKinds {

  private static final String GROUP = "flowcontrol.apiserver.k8s.io";

  static final GroupResource SCHEMAS = new GroupResource(GROUP, "flowschemas");
  static final GroupResource LEVELS = new GroupResource(GROUP, "prioritylevelconfigurations");

  private FlowKinds() {}
}
