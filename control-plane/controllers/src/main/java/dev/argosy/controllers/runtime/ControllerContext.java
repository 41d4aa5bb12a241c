package dev.argosy.controllers.runtime;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.time.Timers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one term of leadership gives each controller: clients under its own name, shared informers,
 * queues, events. Closing it ends all of them.
 */
public final class ControllerContext implements AutoCloseable {

  private final ApiClients clients;
  private final Informers informers;
  private final Timers timers;
  private final List<EventRecorder> recorders = new ArrayList<>();

  public ControllerContext(ApiClients clients, Timers timers) {
    this.clients = clients;
    this.timers = timers;
    this.informers = new Informers(clients.as(UserInfo.system("controller:informers")));
  }

  /** A client that acts as {@code system:controller:NAME}. */
  public ApiClient client(String name) {
    return clients.as(UserInfo.system("controller:" + name));
  }

  public <T> Informer<T> informer(InformerSpec<T> spec) {
    return informers.of(spec);
  }

  public Informers informers() {
    return informers;
  }

  public KeyQueue queue() {
    return new KeyQueue(timers, RandomGenerator.getDefault());
  }

  /** Events with this source. */
  public synchronized EventRecorder events(String component) {
    EventRecorder recorder = new EventRecorder(client(component), component, "", timers.clock());
    recorders.add(recorder);
    return recorder;
  }

  public Timers timers() {
    return timers;
  }

  /** The time as the API writes it. */
  public Instant now() {
    return timers.now().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public synchronized void close() {
    recorders.forEach(EventRecorder::close);
    informers.close();
  }
}
