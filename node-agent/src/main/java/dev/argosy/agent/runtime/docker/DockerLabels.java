package dev.argosy.agent.runtime.docker;

import java.util.LinkedHashMap;
import java.util.Map;

/** How this agent's things are told from everything else on the engine. */
record DockerLabels(String agent) {

  static final String AGENT = "argosy.dev/agent";
  static final String ROLE = "argosy.dev/role";
  static final String SANDBOX = "sandbox";
  static final String CONTAINER = "container";

  Map<String, String> with(Map<String, String> labels, String role) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put(AGENT, agent);
    all.put(ROLE, role);
    return all;
  }

  /** The labels as the caller gave them; a container also has those of its image. */
  static Map<String, String> without(Map<String, String> labels) {
    Map<String, String> own = new LinkedHashMap<>(labels);
    own.remove(AGENT);
    own.remove(ROLE);
    return own;
  }
}
