package dev.argosy.server.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the links of a page while it passes. Bytes are taken as they are, so any encoding that
 * agrees with ASCII on ASCII goes through unharmed. Comments and scripts are left alone.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/indices.html#attributes-3">Attributes of
 *     HTML</a>
 */
final class HtmlLinks {

  private static final Map<String, Set<String>> LINKS =
      Map.ofEntries(
          Map.entry("a", Set.of("href")),
          Map.entry("applet", Set.of("codebase")),
          Map.entry("area", Set.of("href")),
          Map.entry("audio", Set.of("src")),
          Map.entry("base", Set.of("href")),
          Map.entry("blockquote", Set.of("cite")),
          Map.entry("body", Set.of("background")),
          Map.entry("button", Set.of("formaction")),
          Map.entry("command", Set.of("icon")),
          Map.entry("del", Set.of("cite")),
          Map.entry("embed", Set.of("src")),
          Map.entry("form", Set.of("action")),
          Map.entry("frame", Set.of("longdesc", "src")),
          Map.entry("head", Set.of("profile")),
          Map.entry("html", Set.of("manifest")),
          Map.entry("iframe", Set.of("longdesc", "src")),
          Map.entry("img", Set.of("longdesc", "src", "usemap")),
          Map.entry("input", Set.of("src", "usemap", "formaction")),
          Map.entry("ins", Set.of("cite")),
          Map.entry("link", Set.of("href")),
          Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
          Map.entry("q", Set.of("cite")),
          Map.entry("script", Set.of("src")),
          Map.entry("source", Set.of("src")),
          Map.entry("video", Set.of("poster", "src")));

  /** Elements whose content is text, whatever it looks like. */
  private static final Set<String> TEXT = Set.of("script", "style", "textarea", "title", "xmp");

  private static final Pattern NAME = Pattern.compile("^<([A-Za-z][-\\w]*)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([\\s/\"'])([A-Za-z][-\\w]*)(\\s*=\\s*)(\"[^\"]*\"|'[^']*'|[^\\s>\"']+)");

  /** A longer tag goes through as it is. */
  private static final int MAX_TAG = 64 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final Links links;

  HtmlLinks(InputStream in, OutputStream out, Links links) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.links = links;
  }

  /** Hands the whole page on. */
  void copy() throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b != '<') {
        out.write(b);
        flushIfQuiet();
        continue;
      }
      String tag = tag();
      out.write(latin(tag.startsWith("<!--") ? tag : rewritten(tag)));
      if (tag.startsWith("<!--")) {
        copyUntil("-->");
      } else {
        String name = name(tag);
        if (TEXT.contains(name) && !tag.endsWith("/>")) {
          copyUntil("</" + name);
        }
      }
      flushIfQuiet();
    }
  }

  private void flushIfQuiet() throws IOException {
    if (in.available() == 0) {
      out.flush();
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** From the bracket to its end, or the beginning of a comment, or what is no tag at all. */
  private String tag() throws IOException {
    StringBuilder tag = new StringBuilder("<");
    int quote = 0;
    while (tag.length() < MAX_TAG) {
      int b = in.read();
      if (b < 0) {
        return tag.toString();
      }
      tag.append((char) b);
      boolean name = tag.length() == 2;
      if (name && !Character.isLetter(b) && b != '/' && b != '!' && b != '?') {
        return tag.toString();
      }
      if (quote == 0 && b == '>' || tag.length() == 4 && tag.toString().equals("<!--")) {
        return tag.toString();
      }
      if (quote == 0 && (b == '"' || b == '\'')) {
        quote = b;
      } else if (b == quote) {
        quote = 0;
      }
    }
    return tag.toString();
  }

  private void copyUntil(String end) throws IOException {
    StringBuilder last = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      out.write(b);
      last.append((char) Character.toLowerCase(b));
      if (last.length() > end.length()) {
        last.deleteCharAt(0);
      }
      if (last.toString().equals(end)) {
        return;
      }
    }
  }

  private static String name(String tag) {
    Matcher name = NAME.matcher(tag);
    return name.find() ? name.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private String rewritten(String tag) {
    Set<String> attributes = LINKS.getOrDefault(name(tag), Set.of());
    if (attributes.isEmpty()) {
      return tag;
    }
    return ATTRIBUTE
        .matcher(tag)
        .replaceAll(found -> {
          String whole = found.group();
          if (!attributes.contains(found.group(2).toLowerCase(Locale.ROOT))) {
            return Matcher.quoteReplacement(whole);
          }
          String value = found.group(4);
          boolean quoted = value.charAt(0) == '"' || value.charAt(0) == '\'';
          String quote = quoted ? value.substring(0, 1) : "";
          String link = quoted ? value.substring(1, value.length() - 1) : value;
          return Matcher.quoteReplacement(
              found.group(1)
                  + found.group(2)
                  + found.group(3)
                  + quote
                  + links.rewrite(link)
                  + quote);
        });
  }
}
