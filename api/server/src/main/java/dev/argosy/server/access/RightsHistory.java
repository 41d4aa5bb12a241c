package dev.argosy.server.access;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the rights in a cluster change. Those who show a part of a collection ask it, because the
 * part must be the same from the list to the watch that goes on behind it. Any thread may ask.
 */
public interface RightsHistory {

  /** In the place of a cluster's name: in every cluster. */
  String EVERYWHERE = "*";

  /** Nothing ever changes. */
  RightsHistory CONSTANT =
      new RightsHistory() {
        @Override
        public Object stamp(String cluster) {
          return "";
        }

        @Override
        public boolean counted(long revision, Duration patience) {
          return true;
        }

        @Override
        public boolean unchangedSince(String cluster, long revision) {
          return true;
        }

        @Override
        public void onChange(Consumer<String> listener) {}
      };

  /** Stands for the rights that count in a cluster now; equal to another if nothing changed. */
  Object stamp(String cluster);

  /**
   * Waits until every RBAC object up to a revision of their store counts.
   *
   * @return false if time is up
   */
  boolean counted(long revision, Duration patience);

  /**
   * Whether a cluster's RBAC objects are what they were at a revision; false also if nobody knows
   * any more. What members and platform roles were then is not known here.
   */
  boolean unchangedSince(String cluster, long revision);

  /** Tells of each cluster whose rights changed, or {@link #EVERYWHERE}; must not block. */
  void onChange(Consumer<String> listener);
}
