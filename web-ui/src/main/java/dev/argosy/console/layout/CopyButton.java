package dev.argosy.console.layout;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Puts a text into the clipboard, and says so. */
public final class CopyButton extends Button {

  private static final long serialVersionUID = 1L;

  /** A page that does not come over https has no clipboard of the newer kind. */
  private static final String COPY =
      """
      try {
        await navigator.clipboard.writeText($0);
      } catch (e) {
        const area = document.createElement('textarea');
        area.value = $0;
        this.after(area);
        area.select();
        const done = document.execCommand('copy');
        area.remove();
        if (!done) throw e;
      }
      """;

  public CopyButton(String label, String text) {
    super(label, VaadinIcon.COPY_O.create());
    addClickListener(click ->
        getElement()
            .executeJs(COPY, text)
            .then(
                done -> {
                  setText("Copied");
                  setIcon(VaadinIcon.CHECK.create());
                },
                failed -> setText("Select it and copy it")));
  }
}
