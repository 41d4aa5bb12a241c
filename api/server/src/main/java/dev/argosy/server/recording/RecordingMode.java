package dev.argosy.server.recording;

import java.util.stream.Stream;

/** Whether sessions are recorded; the later, the stricter. */
public enum RecordingMode {
  OFF("Off"),
  /** A session that cannot be recorded goes on, and the audit trail says so. */
  ON("On"),
  /** A session that cannot be recorded does not begin, or ends. */
  REQUIRED("Required");

  private final String text;

  RecordingMode(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** The mode of a word; {@link #OFF} if there is none. */
  static RecordingMode of(String text) {
    return Stream.of(values()).filter(mode -> mode.text.equals(text)).findFirst().orElse(OFF);
  }

  RecordingMode or(RecordingMode other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
