package dev.argosy.scheduler;

import dev.argosy.scheduler.pod.Demand;
import java.util.LinkedHashMap;
import java.util.Map;

/** The memos of the demands that came last. */
final class Memos {

  private static final int MOST = 128;

  private final Map<Demand, Memo> memos =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Demand, Memo> eldest) {
          return size() > MOST;
        }
      };

  /** A demand for certain nodes only is not worth remembering. */
  Memo of(Demand demand) {
    return demand.named().isPresent() ? new Memo(demand) : memos.computeIfAbsent(demand, Memo::new);
  }
}
