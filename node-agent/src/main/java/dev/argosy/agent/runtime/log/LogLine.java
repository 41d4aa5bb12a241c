package dev.argosy.agent.runtime.log;

import dev.argosy.agent.runtime.spi.LogReader.Source;
import java.time.Instant;

/** A line of a log file. */
public interface LogLine {

  /** Which output it is of. */
  Source source();

  /** Whether the line that the program wrote ends here; a long one comes in parts. */
  boolean whole();

  /** When it was written; long ago if that is no time. */
  Instant time();

  /** What the program wrote, with a line feed if its line ends here. */
  byte[] content();
}
