package dev.argosy.agent.pod.admit;

/**
 * Why the node does not run a pod.
 *
 * @param reason as in {@code status.reason}, in Kubernetes' words
 * @param message for people, without "Pod was rejected"
 */
public record Rejection(String reason, String message) implements Word {

  /** What {@code status.message} says. */
  public String text() {
    return "Pod was rejected: " + message;
  }
}
