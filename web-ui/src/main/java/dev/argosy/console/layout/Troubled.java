package dev.argosy.console.layout;

import com.vaadin.flow.component.html.Paragraph;
import dev.argosy.console.live.LiveObjects;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Says why something is empty or stale; not there while all is well. */
public final class Troubled extends Paragraph {

  private static final long serialVersionUID = 1L;

  public Troubled() {
    addClassName("trouble");
    getElement().setAttribute("role", "alert");
    setVisible(false);
  }

  public void tell(Optional<Status> why) {
    setVisible(why.isPresent());
    setText(why.map(Status::message).orElse(""));
  }

  public void tell(Status why) {
    tell(Optional.of(why));
  }

  public void clear() {
    tell(Optional.empty());
  }

  /** A view of one of several lists on a page, whose trouble is told here. */
  public <T> LiveObjects.View<T> with(Consumer<List<T>> shown) {
    return new LiveObjects.View<>() {
      @Override
      public void show(List<T> rows) {
        shown.accept(rows);
      }

      @Override
      public void trouble(Optional<Status> why) {
        tell(why);
      }
    };
  }
}
