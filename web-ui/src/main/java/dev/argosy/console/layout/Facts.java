package dev.argosy.console.layout;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** What is to be known of one thing, in a row: names and values. */
public final class Facts extends Div {

  private static final long serialVersionUID = 1L;

  public Facts() {
    addClassName("facts");
  }

  /** Shows these instead of what was shown. */
  public void show(Component... facts) {
    removeAll();
    add(facts);
  }

  /** Says that the thing is not there any more. */
  public void gone() {
    show(Health.BUSY.badge("Gone"));
  }

  /** A name and a value; a dash for an empty one. */
  public static Component fact(String name, String value) {
    return fact(name, new Span(value.isEmpty() ? "–" : value));
  }

  /** A name and a value that leads somewhere; a dash for an empty one. */
  public static Component link(String name, String value, String path) {
    return value.isEmpty() ? fact(name, value) : fact(name, new Anchor(path, value));
  }

  private static Component fact(String name, Component value) {
    Span label = new Span(name);
    label.addClassName("fact-name");
    Span fact = new Span(label, value);
    fact.addClassName("fact");
    return fact;
  }
}
