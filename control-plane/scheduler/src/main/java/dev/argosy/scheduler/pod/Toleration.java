package dev.argosy.scheduler.pod;

import dev.argosy.scheduler.node.Taint;

/**
 * A taint that a pod bears.
 *
 * @param key empty with {@code exists}: every taint
 * @param exists any value will do
 * @param effect empty: every effect
 */
public record Toleration(String key, boolean exists, String value, String effect) {

  public boolean tolerates(Taint taint) {
    return (effect.isEmpty() || effect.equals(taint.effect()))
        && (key.equals(taint.key()) || (key.isEmpty() && exists))
        && (exists || value.equals(taint.value()));
  }
}
