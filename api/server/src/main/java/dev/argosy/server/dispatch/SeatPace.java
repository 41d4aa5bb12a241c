package dev.argosy.server.dispatch;

import dev.argosy.server.answer.Pace;
import dev.argosy.server.flowcontrol.Passage;

/** The pace that a request's seat allows. */
record SeatPace(Passage passage) implements Pace {

  @Override
  public boolean rests() {
    return passage.givesWay();
  }

  @Override
  public void sent(long nanos) {
    passage.giveWay(nanos);
  }
}
