package dev.argosy.console.layout;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;

/** Shown where an address leads nowhere. */
public class NoSuchView extends Page implements HasErrorParameter<NotFoundException> {

  private static final long serialVersionUID = 1L;

  public NoSuchView() {
    super("There is no such page");
    add(empty("The address may be mistyped, or what it showed is gone."));
  }

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> error) {
    return HttpServletResponse.SC_NOT_FOUND;
  }
}
