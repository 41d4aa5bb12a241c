package dev.argosy.model.use;

/**
 * When an instance was looked at. No clock of the node is believed: ages are told, and reports of
 * an instance are put in order by the machine's uptime, which only grows while the instance lives.
 *
 * @param startedAgo milliseconds from the beginning of the instance to the report
 * @param seenAgo milliseconds from the look to the report
 * @param uptime of the machine at the look, in milliseconds
 * @param ended whether it was the last look: the instance is gone
 */
public record Moment(long startedAgo, long seenAgo, long uptime, boolean ended) {

  /** Ten years: what is older is a mistake. */
  private static final long MOST = 10L * 366 * 24 * 3600 * 1000;

  public Moment {
    if (startedAgo < 0 || seenAgo < 0 || uptime < 0 || Math.max(startedAgo, uptime) > MOST) {
      throw new IllegalArgumentException("times are from 0 to ten years");
    }
    startedAgo = Math.max(startedAgo, seenAgo);
  }
}
