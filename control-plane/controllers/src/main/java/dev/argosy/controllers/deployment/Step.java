package dev.argosy.controllers.deployment;

import dev.argosy.controllers.replicaset.ReplicaSetView;

/** One thing to do for a Deployment. */
sealed interface Step {

  /** A ReplicaSet for the present template. */
  record Create(int replicas, long revision) implements Step {}

  /** Another number of pods; may be the same when only the annotations are out of date. */
  record Scale(ReplicaSetView set, int replicas) implements Step {}

  /** The current ReplicaSet's annotations and minReadySeconds as the Deployment has them. */
  record Refresh(ReplicaSetView set, long revision) implements Step {}

  /** The Deployment's own revision annotation. */
  record Record(long revision) implements Step {}

  /** A ReplicaSet beyond the history limit. */
  record Delete(ReplicaSetView set) implements Step {}
}
