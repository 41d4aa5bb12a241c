package dev.argosy.model.schema.description;

/**
 * The form of a description file: a line of type and text, below it lines that begin with a tab, of
 * field and text. Line breaks in texts are escaped.
 */
final class DescriptionFile {

  static final String GENERATED = "descriptions-generated.tsv";

  private DescriptionFile() {}

  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "").replace("\t", "\\t");
  }

  static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
