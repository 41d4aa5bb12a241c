package dev.argosy.server;

import dev.argosy.server.aggregate.AvailabilityLoop;
import dev.argosy.server.custom.DefinitionLoop;
import dev.argosy.server.deadline.Deadlines;
import dev.argosy.server.flowcontrol.SchemaStatusLoop;
import dev.argosy.server.registry.EndedEvents;
import dev.argosy.server.registry.QueueLoop;
import dev.argosy.server.registry.UsageLoop;
import dev.argosy.server.watch.WatchRights;
import dev.argosy.server.watch.Watches;

/** What goes on in an API server without being asked. */
record Loops(
    DefinitionLoop definitions,
    AvailabilityLoop registrations,
    Statuses statuses,
    Deadlines deadlines,
    WatchRights rights,
    Watches watches) {

  /** What writes the status of objects that others make. */
  record Statuses(SchemaStatusLoop schemas, UsageLoop usage, EndedEvents ended, QueueLoop queue) {}

  void start() {
    definitions.start();
    registrations.start();
    statuses.schemas().start();
    statuses.usage().start();
    statuses.ended().start();
    statuses.queue().start();
    deadlines.start();
    rights.start();
  }

  void close() {
    registrations.close();
    definitions.close();
    statuses.schemas().close();
    statuses.usage().close();
    statuses.ended().close();
    statuses.queue().close();
    rights.close();
    watches.close();
    deadlines.close();
  }
}
