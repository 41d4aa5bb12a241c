package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out what is written here: a message that is noted must not begin the next try. */
record DeletionWakes(KeyQueue queue) implements InformerHandler<CsiVolume> {

  @Override
  public void added(CsiVolume volume) {
    add(volume);
  }

  @Override
  public void updated(CsiVolume old, CsiVolume volume) {
    if (!rest(old.object()).equals(rest(volume.object()))) {
      add(volume);
    }
  }

  @Override
  public void deleted(CsiVolume last) {
    add(last);
  }

  private void add(CsiVolume volume) {
    if (volume.csi()) {
      queue.add(volume.key());
    }
  }

  /** All but the message. */
  private static JsonNode rest(ApiObject object) {
    ObjectNode tree = (ObjectNode) object.content().deepCopy();
    tree.withObject("/status").remove("message");
    return tree;
  }
}
