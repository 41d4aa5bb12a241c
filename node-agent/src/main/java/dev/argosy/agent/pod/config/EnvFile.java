package dev.argosy.agent.pod.config;

import java.util.List;
import java.util.Optional;

/**
 * A file of environment variables: a strict part of a shell's syntax, {@code NAME='value'}. Values
 * are literal and may go over lines; comments and empty lines are skipped. A blank after the equals
 * sign means an empty value, as in a shell.
 *
 * @see <a href="https://kep.k8s.io/3721">KEP-3721</a>
 */
final class EnvFile {

  private final List<String> lines;
  private int next;

  private EnvFile(String text) {
    this.lines = text.lines().toList();
  }

  /** The first value of a key; empty if there is none. What stands behind it is not looked at. */
  static Optional<String> value(String text, String key) throws ConfigFailure {
    return new EnvFile(text).find(key);
  }

  private Optional<String> find(String key) throws ConfigFailure {
    while (next < lines.size()) {
      String line = lines.get(next++).stripLeading();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw wrong("there is no '='");
      }
      String name = line.substring(0, equals);
      if (name.isEmpty() || !name.equals(name.stripTrailing())) {
        throw wrong(name.isEmpty() ? "there is no name" : "a blank stands before '='");
      }
      String value = value(line.substring(equals + 1));
      if (name.equals(key)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private String value(String rest) throws ConfigFailure {
    if (rest.startsWith(" ") || rest.startsWith("\t")) {
      return "";
    }
    if (!rest.startsWith("'")) {
      throw wrong("the value must stand in single quotes");
    }
    StringBuilder value = new StringBuilder();
    String part = rest.substring(1);
    int end = part.indexOf('\'');
    while (end < 0) {
      value.append(part).append('\n');
      if (next == lines.size()) {
        throw wrong("the quote is not closed");
      }
      part = lines.get(next++);
      end = part.indexOf('\'');
    }
    String after = part.substring(end + 1).strip();
    if (!after.isEmpty() && !after.startsWith("#")) {
      throw wrong("something stands behind the closing quote");
    }
    return value.append(part, 0, end).toString();
  }

  private ConfigFailure wrong(String why) {
    return new ConfigFailure("couldn't parse env file: line " + next + ": " + why);
  }
}
