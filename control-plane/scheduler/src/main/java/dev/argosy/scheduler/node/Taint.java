package dev.argosy.scheduler.node;

/**
 * What keeps pods from a node that do not tolerate it.
 *
 * @param effect NoSchedule, PreferNoSchedule or NoExecute
 */
public record Taint(String key, String value, String effect) {

  /** Whether it keeps new pods away, not just makes them go elsewhere first. */
  public boolean forbids() {
    return !prefers();
  }

  public boolean prefers() {
    return effect.equals("PreferNoSchedule");
  }
}
