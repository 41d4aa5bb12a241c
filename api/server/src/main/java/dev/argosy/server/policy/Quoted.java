package dev.argosy.server.policy;

/** Texts in messages, as Go quotes them. */
final class Quoted {

  private Quoted() {}

  static String of(String text) {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
            .replace("\r", "\\r");
    return "\"" + escaped + "\"";
  }
}
