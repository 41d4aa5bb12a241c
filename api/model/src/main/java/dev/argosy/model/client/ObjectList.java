package dev.argosy.model.client;

import dev.argosy.model.object.ApiObject;
import java.util.List;

/**
 * A page of objects.
 *
 * @param revision the revision at which all items were read; where a watch continues
 * @param continueToken where the next page begins; empty if this was the last
 */
public record ObjectList(List<ApiObject> items, long revision, String continueToken) {
  public ObjectList {
    items = List.copyOf(items);
  }
}
