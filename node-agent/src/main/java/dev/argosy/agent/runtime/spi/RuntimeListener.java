package dev.argosy.agent.runtime.spi;

/** Hears of what happens in an engine; called by one thread of the runtime. Return soon. */
public interface RuntimeListener {

  /** A container or sandbox of this agent started or ended. */
  void changed(RuntimeChange change);

  /** What happened until now may not have been told: read the lists. */
  void missedSome();
}
