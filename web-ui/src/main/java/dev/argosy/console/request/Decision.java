package dev.argosy.console.request;

/** What can be decided about a request. */
enum Decision {
  APPROVED("Approve", "Approved"),
  DENIED("Deny", "Denied");

  private final String verb;
  private final String word;

  Decision(String verb, String word) {
    this.verb = verb;
    this.word = word;
  }

  /** What the button says. */
  String verb() {
    return verb;
  }

  /** What the API calls it. */
  String word() {
    return word;
  }
}
