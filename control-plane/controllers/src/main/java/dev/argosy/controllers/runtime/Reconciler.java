package dev.argosy.controllers.runtime;

import dev.argosy.model.object.ObjectKey;

/** Brings one object's surroundings closer to what it asks for. */
@FunctionalInterface
public interface Reconciler {

  /**
   * Reads the present state, does what is missing. Safe to call twice, and for keys of objects that
   * are gone. Never called for the same key by two threads at a time. What it throws counts as
   * {@link Outcome.Retry}.
   */
  Outcome reconcile(ObjectKey key) throws InterruptedException;
}
