package dev.argosy.console.tenant;

import com.vaadin.flow.component.select.Select;

/** Asks how much the pods of a tenant may do at the most, and says what that means. */
final class PodLevelField extends Select<String> {

  private static final long serialVersionUID = 1L;

  PodLevelField() {
    setLabel("Pods may be");
    setItems(PodBound.LEVELS);
    addValueChangeListener(event -> explain());
  }

  /** Nothing needs to be chosen; then it is as this says. */
  void otherwise(String text) {
    setPlaceholder(text);
    setEmptySelectionAllowed(true);
    setEmptySelectionCaption(text);
  }

  /** The chosen level; empty without one. */
  String level() {
    String chosen = getValue();
    return chosen == null ? "" : chosen;
  }

  private void explain() {
    setHelperText(PodBound.help(level()));
  }
}
