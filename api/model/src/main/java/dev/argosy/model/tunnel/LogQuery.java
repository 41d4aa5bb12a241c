package dev.argosy.model.tunnel;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a container's log is wanted; the options of the API's {@code log} subresource.
 *
 * @param follow keep on until the container ends
 * @param previous of the instance before the present one
 * @param timestamps each line begins with its time in RFC 3339 form
 * @param since only lines at or after; null for all
 * @param tailLines only so many last lines; null for all
 * @param limitBytes at most so many bytes; null for all
 * @param stream which output
 */
public record LogQuery(
    boolean follow,
    boolean previous,
    boolean timestamps,
    @Nullable Instant since,
    @Nullable Long tailLines,
    @Nullable Long limitBytes,
    Output stream) {

  /** Which of a container's outputs. */
  public enum Output {
    ALL,
    STDOUT,
    STDERR;

    /** The choice of that word ({@code All}, {@code Stdout}, {@code Stderr}). */
    public static Optional<Output> of(String word) {
      for (Output output : values()) {
        String text = output.name().charAt(0) + output.name().substring(1).toLowerCase(Locale.ROOT);
        if (text.equals(word)) {
          return Optional.of(output);
        }
      }
      return Optional.empty();
    }
  }

  /** All that there is now. */
  public static final LogQuery ALL =
      new LogQuery(false, false, false, null, null, null, Output.ALL);
}
