package dev.argosy.model.access;

import java.util.regex.Pattern;

/**
 * E-mail addresses, as far as people are told apart by them. Only ASCII letters of both cases are
 * the same: other scripts have letters that become an ASCII one in the other case, and two people
 * would be one.
 */
public final class MailAddress {

  /** As in a path of SMTP (RFC 5321, 4.5.3.1). */
  private static final int LONGEST = 254;

  private static final Pattern FORM =
      Pattern.compile(
          "[^\\s\\p{Cntrl}\\p{Cf}@<>()\\[\\],;:\\\\\"]+@[^\\s\\p{Cntrl}\\p{Cf}@<>()\\[\\],;:\\\\\"]+");

  private MailAddress() {}

  /** Whether it may be an address; whether mail arrives there is another question. */
  public static boolean plausible(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }

  /** The form in which equal addresses are equal. */
  public static String canonical(String text) {
    StringBuilder canonical = new StringBuilder(text.length());
    text.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
        .forEach(c -> canonical.append((char) c));
    return canonical.toString();
  }
}
