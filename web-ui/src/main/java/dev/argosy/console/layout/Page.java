package dev.argosy.console.layout;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import dev.argosy.model.status.Status;
import java.util.Optional;

/** The body of a view: a title with actions at its right, a place for trouble, the content. */
public class Page extends Section {

  private static final long serialVersionUID = 1L;

  private final H1 title = new H1();
  private final Div actions = new Div();
  private final Troubled trouble = new Troubled();

  protected Page(String title) {
    addClassName("page");
    this.title.setText(title);
    actions.addClassName("actions");
    add(new Header(this.title, actions), trouble);
  }

  protected final void retitle(String text) {
    title.setText(text);
  }

  protected final void actions(Component... components) {
    actions.removeAll();
    actions.add(components);
  }

  /** Shows why the view is empty or stale; hides it when there is no trouble. */
  public final void trouble(Optional<Status> why) {
    trouble.tell(why);
  }

  /** Whether it says now why it is empty or stale. */
  protected final boolean troubled() {
    return trouble.isVisible();
  }

  /** A line for a list with nothing in it. */
  public static Component empty(String text) {
    Paragraph line = new Paragraph(text);
    line.addClassName("empty");
    return line;
  }
}
