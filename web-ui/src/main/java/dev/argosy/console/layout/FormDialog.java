package dev.argosy.console.layout;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;

/**
 * Asks for something and does it. Enter in a field does it, Escape leaves; what is refused is told
 * in the dialog, which stays with all that was typed.
 */
public abstract class FormDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  /** Enter in an open list of a field chooses; on a button it presses that. */
  private static final String ENTER_IN_FIELD =
      "event.key === 'Enter' && event.target.localName === 'input'"
          + " && !event.target.parentElement.hasAttribute('opened')";

  private final Div form = new Div();
  private final Troubled problem = new Troubled();
  private final Button confirm;

  /**
   * @param action what the button says that does it
   */
  protected FormDialog(String title, String action) {
    setHeaderTitle(title);
    addClassName("form-dialog");
    form.addClassName("form");
    form.getElement().addEventListener("keydown", e -> trySubmit()).setFilter(ENTER_IN_FIELD);
    confirm = new Button(action, e -> trySubmit());
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(form, problem);
    getFooter().add(new Button("Cancel", e -> close()), confirm);
  }

  /** The fields, one below the other, after those that are there. */
  protected final void ask(Component... fields) {
    form.add(fields);
  }

  /** For what cannot be taken back. */
  protected final void dangerous() {
    confirm.addThemeVariants(ButtonVariant.LUMO_ERROR);
  }

  /** Does what is asked, or marks the fields that are wrong. */
  protected abstract void submit();

  private void trySubmit() {
    problem.clear();
    submit();
  }

  /** Says why it was not done. */
  protected final void refuse(Status why) {
    problem.tell(why);
  }

  /** Leaves with a notice if it was done; otherwise says why not. */
  protected final boolean finish(ApiResult<?> result, String done) {
    return switch (result) {
      case ApiResult.Ok<?> ok -> {
        Notices.done(done);
        close();
        yield true;
      }
      case ApiResult.Refused<?>(Status status) -> {
        refuse(status);
        yield false;
      }
    };
  }
}
