package dev.argosy.agent.volume.credential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates in a text of PEM blocks, without what stands around them. */
public final class PemCertificates {

  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END CERTIFICATE-----");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int LINE = 64;

  private PemCertificates() {}

  /** Their contents in base 64, in their order. */
  public static List<String> read(String text) {
    List<String> contents = new ArrayList<>();
    Matcher each = CERTIFICATE.matcher(text);
    while (each.find()) {
      contents.add(SPACE.matcher(each.group(1)).replaceAll(""));
    }
    return contents;
  }

  /** A text of such contents. */
  public static String write(Collection<String> contents) {
    StringBuilder out = new StringBuilder();
    contents.forEach(content -> block(out, "CERTIFICATE", content));
    return out.toString();
  }

  static void block(StringBuilder out, String type, String content) {
    out.append("-----BEGIN ").append(type).append("-----\n");
    for (int i = 0; i < content.length(); i += LINE) {
      out.append(content, i, Math.min(content.length(), i + LINE)).append('\n');
    }
    out.append("-----END ").append(type).append("-----\n");
  }
}
