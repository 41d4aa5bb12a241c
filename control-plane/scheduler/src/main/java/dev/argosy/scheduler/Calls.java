package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.scheduler.volume.PodClaims;
import java.time.Clock;

/** What the scheduler asks of the API once it has decided. Any thread. */
final class Calls implements AutoCloseable {

  private final Background background = new Background();
  private final Binder binder;
  private final PodStatuses statuses;
  private final Evictions evictions;

  Calls(
      ApiClient client,
      PodClaims claims,
      EventRecorder events,
      ExtenderCalls extenders,
      Clock clock) {
    this.binder = new Binder(client, claims, events, extenders, background);
    this.statuses = new PodStatuses(client, events, background, clock);
    this.evictions = new Evictions(client, events, background, statuses);
  }

  Binder binder() {
    return binder;
  }

  PodStatuses statuses() {
    return statuses;
  }

  Evictions evictions() {
    return evictions;
  }

  /** How many are on their way. */
  int running() {
    return background.running();
  }

  /** Lets none begin any more and waits a little for those under way. */
  @Override
  public void close() {
    background.close();
  }
}
