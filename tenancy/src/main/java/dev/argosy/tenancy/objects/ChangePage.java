package dev.argosy.tenancy.objects;

import java.util.List;

/**
 * The next changes in the order of revisions, whole revisions only.
 *
 * @param more whether there were further ones when these were read
 */
public record ChangePage(List<LoggedChange> changes, boolean more) {

  public ChangePage {
    changes = List.copyOf(changes);
  }
}
