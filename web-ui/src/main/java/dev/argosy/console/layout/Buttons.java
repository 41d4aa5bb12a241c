package dev.argosy.console.layout;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import dev.argosy.console.session.Permission;

/** Buttons as they stand in rows and page heads. */
public final class Buttons {

  private Buttons() {}

  /** A small one for a row; people who do not see the row are told its name, too. */
  public static Button inRow(String text, String name, Runnable action) {
    Button button = new Button(text, e -> action.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(text + " " + name);
    return button;
  }

  /** Cannot be pressed without the permission, and says why. */
  public static Button only(Permission permission, Button button) {
    button.setEnabled(permission.allowed());
    button.setTooltipText(permission.allowed() ? null : permission.reason());
    return button;
  }
}
