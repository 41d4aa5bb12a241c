package dev.argosy.controllers.csi.publish;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.model.informer.InformerHandler;

/** Leaves out what is written here: an error that is noted must not begin the next try. */
record AttachmentWakes(KeyQueue queue) implements InformerHandler<AttachmentView> {

  @Override
  public void added(AttachmentView attachment) {
    queue.add(attachment.key());
  }

  @Override
  public void updated(AttachmentView old, AttachmentView attachment) {
    boolean another = !old.object().meta().uid().equals(attachment.object().meta().uid());
    if (another
        || old.deleting() != attachment.deleting()
        || (old.attached() && !attachment.attached())) {
      queue.add(attachment.key());
    }
  }

  @Override
  public void deleted(AttachmentView last) {
    queue.add(last.key());
  }
}
