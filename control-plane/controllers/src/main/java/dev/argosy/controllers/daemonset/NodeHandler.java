package dev.argosy.controllers.daemonset;

import dev.argosy.model.informer.InformerHandler;
import java.util.function.Consumer;

/**
 * Tells of the pools whose nodes come, go, or change in what DaemonSets look at; heartbeats are
 * many.
 */
record NodeHandler(Consumer<String> action) implements InformerHandler<DaemonNode> {

  @Override
  public void added(DaemonNode node) {
    action.accept(node.pool());
  }

  @Override
  public void updated(DaemonNode old, DaemonNode node) {
    if (!old.equals(node)) {
      action.accept(node.pool());
    }
    if (!old.pool().equals(node.pool())) {
      action.accept(old.pool());
    }
  }

  @Override
  public void deleted(DaemonNode node) {
    action.accept(node.pool());
  }
}
