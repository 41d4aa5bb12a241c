package dev.argosy.model.schema.validation;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blocks of a text in PEM form. What stands between them, and what does not decode, counts as
 * explanation, as Kubernetes reads it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PemText {

  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([^\\r\\n]+)-----[ \\t]*");

  /**
   * One block.
   *
   * @param type what it is, {@code CERTIFICATE}
   * @param headers whether lines {@code KEY: VALUE} stand before its content
   */
  record Block(String type, boolean headers, byte[] bytes) {

    /** The certificate that it is; empty if it is none, or more than one. */
    Optional<X509Certificate> certificate() {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);
      try {
        return CertificateFactory.getInstance("X.509").generateCertificate(in)
                    instanceof X509Certificate certificate
                && in.available() == 0
            ? Optional.of(certificate)
            : Optional.empty();
      } catch (CertificateException e) {
        return Optional.empty();
      }
    }
  }

  private PemText() {}

  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher begin = BEGIN.matcher(lines.get(i));
      if (begin.matches()) {
        String end = "-----END " + begin.group(1) + "-----";
        int last = end(lines, i + 1, end);
        if (last > 0) {
          block(begin.group(1), lines.subList(i + 1, last)).ifPresent(blocks::add);
          i = last;
        }
      }
    }
    return blocks;
  }

  /** Where a block ends; 0 if it does not, or another begins before. */
  private static int end(List<String> lines, int from, String end) {
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (line.equals(end)) {
        return i;
      }
      if (line.startsWith("-----")) {
        return 0;
      }
    }
    return 0;
  }

  private static Optional<Block> block(String type, List<String> lines) {
    int headers = 0;
    while (headers < lines.size() && lines.get(headers).indexOf(':') >= 0) {
      headers++;
    }
    String content =
        String.join("", lines.subList(headers, lines.size())).replaceAll("[ \\t\\r]", "");
    try {
      return Optional.of(new Block(type, headers > 0, Base64.getDecoder().decode(content)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
