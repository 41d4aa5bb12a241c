package dev.argosy.server.trail;

import java.util.Optional;

/** The name of a record: its cluster, a dot, its number there. */
record RecordName(String cluster, long sequence) {

  /** What a name says; empty if no record can have it. */
  static Optional<RecordName> parse(String name) {
    int dot = name.lastIndexOf('.');
    String number = name.substring(dot + 1);
    if (dot < 1 || !number.matches("[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    return Optional.of(new RecordName(name.substring(0, dot), Long.parseLong(number)));
  }

  @Override
  public String toString() {
    return cluster + "." + sequence;
  }
}
