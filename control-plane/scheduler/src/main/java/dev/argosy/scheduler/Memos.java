package dev.argosy.scheduler;

import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.score.Scores;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The memos of the demands that came last. */
final class Memos {

  private static final int MOST = 128;

  private record Key(Profile profile, Demand demand) {}

  private final Map<Key, Memo> memos =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Memo> eldest) {
          return size() > MOST;
        }
      };

  private final Map<Profile, Scores> scores = new HashMap<>();

  /** A demand for certain nodes only is not worth remembering. */
  Memo of(Profile profile, Demand demand) {
    Scores scoring = scores.computeIfAbsent(profile, Scores::new);
    return demand.named().isPresent()
        ? new Memo(profile, scoring, demand)
        : memos.computeIfAbsent(new Key(profile, demand), k -> new Memo(profile, scoring, demand));
  }
}
