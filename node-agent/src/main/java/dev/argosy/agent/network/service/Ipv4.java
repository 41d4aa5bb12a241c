package dev.argosy.agent.network.service;

import java.util.regex.Pattern;

/** Dotted addresses. What goes into a script for nft must have passed here. */
final class Ipv4 {

  private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern ADDRESS =
      Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "\\." + NUMBER);

  private Ipv4() {}

  static boolean valid(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** Of a valid address. */
  static int number(String address) {
    int number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
