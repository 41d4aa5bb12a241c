package dev.argosy.agent.runtime.cri;

import java.util.LinkedHashMap;
import java.util.Map;

/** How this agent's things are told from everything else in the runtime: by a label. */
record CriMarks(String agent) {

  private static final String AGENT = "argosy.dev/agent";

  Map<String, String> with(Map<String, String> labels) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put(AGENT, agent);
    return all;
  }

  boolean ours(Map<String, String> labels) {
    return agent.equals(labels.get(AGENT));
  }

  /** The labels as the caller gave them. */
  static Map<String, String> without(Map<String, String> labels) {
    Map<String, String> own = new LinkedHashMap<>(labels);
    own.remove(AGENT);
    return own;
  }
}
