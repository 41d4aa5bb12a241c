package dev.argosy.console.usage;

/**
 * What usage is told apart by.
 *
 * @param by as the API has it
 * @param text as people read it
 */
record Breakdown(String by, String text) {

  static final String LABEL = "label:";
  static final Breakdown NAMESPACE = new Breakdown("namespace", "Namespace");

  static Breakdown label(String key) {
    return new Breakdown(LABEL + key, "Label " + key);
  }

  /** What a group is called that has no name. */
  String nameOf(String group) {
    if (!group.isEmpty()) {
      return group;
    }
    return by.startsWith(LABEL) ? "(without the label)" : "(in no namespace)";
  }
}
