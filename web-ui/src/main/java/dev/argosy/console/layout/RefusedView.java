package dev.argosy.console.layout;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.util.Optional;

/** Shown in place of a view that the API refused to fill. */
public class RefusedView extends Page implements HasErrorParameter<StatusException> {

  private static final long serialVersionUID = 1L;

  public RefusedView() {
    super("This page cannot be shown");
  }

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<StatusException> error) {
    Status status = error.getException().status();
    trouble(Optional.of(status));
    return status.code();
  }
}
