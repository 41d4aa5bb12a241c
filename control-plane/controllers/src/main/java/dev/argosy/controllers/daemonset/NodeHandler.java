package dev.argosy.controllers.daemonset;

import dev.argosy.model.informer.InformerHandler;

/** Tells of nodes that come, go, or change in what DaemonSets look at; heartbeats are many. */
record NodeHandler(Runnable action) implements InformerHandler<DaemonNode> {

  @Override
  public void added(DaemonNode node) {
    action.run();
  }

  @Override
  public void updated(DaemonNode old, DaemonNode node) {
    if (!old.equals(node)) {
      action.run();
    }
  }

  @Override
  public void deleted(DaemonNode node) {
    action.run();
  }
}
