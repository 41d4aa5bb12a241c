package dev.argosy.agent.network.service;

import java.util.Locale;

/** Names of transport protocols. */
final class Protocols {

  private Protocols() {}

  /** As nftables and DNS name it; what is unknown counts as TCP, the API's default. */
  static String of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("udp") || lower.equals("sctp") ? lower : "tcp";
  }
}
