package dev.argosy.server.flowcontrol;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.QueryParams;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import java.util.Optional;

/**
 * How many seats a request is worth: a list one for every twenty objects that it looks at, at most
 * three quarters of the seats that one processor has by default, since it keeps one busy for as
 * long as it lasts; a write, which mostly waits, one for every ten watches that hear of it, at most
 * ten. Asks only what caches know at once.
 */
final class Widths {

  /** What so much work is worth. */
  private record Price(int perSeat, int most) {
    int of(int work) {
      return Math.clamp((work + perSeat - 1) / perSeat, 1, most);
    }
  }

  private static final Price OBJECTS = new Price(20, 24);
  private static final Price WATCHES = new Price(10, 10);

  private final KindTables kinds;
  private final ResourceCaches caches;

  Widths(KindTables kinds, ResourceCaches caches) {
    this.kinds = kinds;
    this.caches = caches;
  }

  int of(Attributes asked, QueryParams query) {
    return switch (asked.verb()) {
      case "list" -> OBJECTS.of(objects(asked, query));
      case "watch" -> begins(query) ? OBJECTS.of(objects(asked, query)) : 1;
      case "deletecollection" -> OBJECTS.of(objects(asked, query));
      case "create", "update", "patch", "delete" -> WATCHES.of(watches(asked));
      default -> 1;
    };
  }

  /** Whether a watch begins with what is there. */
  private static boolean begins(QueryParams query) {
    String revision = query.text("resourceVersion");
    return query.flag("sendInitialEvents") || revision.isEmpty() || revision.equals("0");
  }

  private int objects(Attributes asked, QueryParams query) {
    if (!asked.name().isEmpty()) {
      return 1;
    }
    int all =
        cache(asked)
            .flatMap(WatchCache::peek)
            .map(state ->
                state.count(asked.cluster().equals("*") ? "" : asked.cluster(), asked.namespace()))
            .orElse(1);
    boolean selects = query.has("labelSelector") || query.has("fieldSelector");
    return selects ? all : Math.min(all, limit(query.text("limit")));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      return limit > 0 ? limit : Integer.MAX_VALUE;
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private int watches(Attributes asked) {
    if (asked.subresource().equals("token")) {
      return 1; // nobody hears of it
    }
    String name = asked.verb().equals("create") ? "" : asked.name();
    return cache(asked)
        .map(cache -> cache.listeners(asked.cluster(), asked.namespace(), name))
        .orElse(1);
  }

  private Optional<WatchCache> cache(Attributes asked) {
    return kinds
        .of(asked.cluster())
        .find(asked.group(), asked.version(), asked.resource())
        .filter(kind -> stored(kind.type()))
        .map(KindSchema::storage)
        .map(caches::of);
  }

  private static boolean stored(ResourceType type) {
    return type.stored();
  }
}
