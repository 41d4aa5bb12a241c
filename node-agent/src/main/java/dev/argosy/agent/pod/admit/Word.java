package dev.argosy.agent.pod.admit;

/** What the node has to say about a pod that its containers would not end. */
public sealed interface Word permits Rejection, Verdict {

  /** As in {@code status.reason}. */
  String reason();

  String message();
}
