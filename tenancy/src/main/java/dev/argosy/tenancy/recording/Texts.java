package dev.argosy.tenancy.recording;

/** Texts that clients choose, as the database takes them. */
final class Texts {

  private static final int LONGEST = 4096;

  private Texts() {}

  static String bounded(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
