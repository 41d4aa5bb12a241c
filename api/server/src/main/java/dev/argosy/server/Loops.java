package dev.argosy.server;

import dev.argosy.server.aggregate.AvailabilityLoop;
import dev.argosy.server.custom.DefinitionLoop;
import dev.argosy.server.deadline.Deadlines;
import dev.argosy.server.flowcontrol.SchemaStatusLoop;
import dev.argosy.server.watch.WatchRights;
import dev.argosy.server.watch.Watches;

/** What goes on in an API server without being asked. */
record Loops(
    DefinitionLoop definitions,
    AvailabilityLoop registrations,
    SchemaStatusLoop schemas,
    Deadlines deadlines,
    WatchRights rights,
    Watches watches) {

  void start() {
    definitions.start();
    registrations.start();
    schemas.start();
    deadlines.start();
    rights.start();
  }

  void close() {
    registrations.close();
    definitions.close();
    schemas.close();
    rights.close();
    watches.close();
    deadlines.close();
  }
}
