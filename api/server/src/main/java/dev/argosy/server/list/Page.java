package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a collection.
 *
 * @param revision the revision at which all of it was read
 * @param continueToken where the next page begins; empty if this was the last
 * @param remaining how many objects follow; null if that would cost counting
 */
public record Page(
    List<ApiObject> items, long revision, String continueToken, @Nullable Long remaining) {}
