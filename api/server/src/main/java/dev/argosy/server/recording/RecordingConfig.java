package dev.argosy.server.recording;

import java.time.Duration;
import java.util.Map;

/**
 * The settings of recordings.
 *
 * @param least what holds for tenants that say less ({@code argosy.recordings.mode})
 * @param maxBytes of output of one session ({@code argosy.recordings.max-bytes})
 * @param maxDuration of one recording ({@code argosy.recordings.max-duration})
 */
public record RecordingConfig(RecordingMode least, long maxBytes, Duration maxDuration) {

  public RecordingConfig {
    if (maxBytes < 1 || maxDuration.isNegative() || maxDuration.isZero()) {
      throw new IllegalArgumentException(
          "argosy.recordings.max-bytes and argosy.recordings.max-duration must be positive");
    }
  }

  /** Reads the documented keys; what is absent has its default. */
  public static RecordingConfig of(Map<String, String> settings) {
    String mode = settings.getOrDefault("argosy.recordings.mode", RecordingMode.OFF.text());
    RecordingMode least = RecordingMode.of(mode);
    if (!least.text().equals(mode)) {
      throw new IllegalArgumentException("argosy.recordings.mode must be Off, On or Required");
    }
    return new RecordingConfig(
        least,
        Long.parseLong(settings.getOrDefault("argosy.recordings.max-bytes", "16777216")),
        Duration.parse(settings.getOrDefault("argosy.recordings.max-duration", "PT8H")));
  }
}
