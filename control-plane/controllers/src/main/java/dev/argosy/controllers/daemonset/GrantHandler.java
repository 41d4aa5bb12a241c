package dev.argosy.controllers.daemonset;

import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.node.PoolGrants.Grant;
import java.util.function.Consumer;

/**
 * Tells of the tenants that are granted other pools than before; most of what happens to tenants
 * changes nothing of that.
 */
record GrantHandler(Consumer<String> action) implements InformerHandler<Grant> {

  @Override
  public void added(Grant value) {
    action.accept(value.tenant());
  }

  @Override
  public void updated(Grant old, Grant value) {
    if (!old.pools().equals(value.pools())) {
      action.accept(value.tenant());
    }
  }

  @Override
  public void deleted(Grant last) {
    action.accept(last.tenant());
  }
}
