package dev.argosy.server.registry;

import java.util.random.RandomGenerator;

/** Makes names of {@code generateName}: the base, cut to fit, and five characters. */
final class GeneratedNames {

  /** No vowels, so that no words appear; no digits that look like letters. */
  private static final String CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int MAX_BASE = 63 - SUFFIX;

  private final RandomGenerator random;

  GeneratedNames(RandomGenerator random) {
    this.random = random;
  }

  String of(String base) {
    StringBuilder name =
        new StringBuilder(base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base);
    for (int i = 0; i < SUFFIX; i++) {
      name.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return name.toString();
  }
}
