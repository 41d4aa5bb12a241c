package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;

/** What must be true of an object for a write to take place: it is still the one that was meant. */
final class Preconditions {

  private Preconditions() {}

  static void uid(Write write, String wanted, ApiObject object) {
    require(write, "UID", wanted, object.meta().uid());
  }

  static void of(Write write, DeleteOptions options, ApiObject object) {
    if (options.uid() != null) {
      uid(write, options.uid(), object);
    }
    if (options.resourceVersion() != null) {
      require(
          write, "ResourceVersion", options.resourceVersion(), Long.toString(object.revision()));
    }
  }

  private static void require(Write write, String what, String wanted, String found) {
    if (!wanted.isEmpty() && !wanted.equals(found)) {
      throw Status.conflict(
              write.resource(),
              write.name(),
              "Precondition failed: "
                  + what
                  + " in precondition: "
                  + wanted
                  + ", "
                  + what
                  + " in object meta: "
                  + found)
          .asException();
    }
  }
}
