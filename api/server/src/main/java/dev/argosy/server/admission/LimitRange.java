package dev.argosy.server.admission;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A limit range, read once per revision. */
record LimitRange(List<Item> items) {

  private static final Object MAKER = new Object();

  static LimitRange of(ApiObject object) {
    return object.derived(
        LimitRange.class,
        MAKER,
        found -> {
          List<Item> items = new ArrayList<>();
          found.tree().path("spec").path("limits").forEach(limit -> items.add(Item.of(limit)));
          return new LimitRange(List.copyOf(items));
        });
  }

  /**
   * Gives containers the defaults that they lack.
   *
   * @param what names them in the notes
   */
  void complete(JsonNode containers, String what, List<String> notes) {
    for (JsonNode container : containers) {
      if (container instanceof ObjectNode own) {
        fill(own, "requests", defaults(Item::defaultRequest), what + " ", "request", notes);
        fill(own, "limits", defaults(Item::defaultLimit), what + " ", "limit", notes);
      }
    }
  }

  private Map<String, Quantity> defaults(
      java.util.function.Function<Item, Map<String, Quantity>> list) {
    Map<String, Quantity> all = new TreeMap<>();
    items.stream()
        .filter(i -> i.type().equals("Container"))
        .forEach(i -> all.putAll(list.apply(i)));
    return all;
  }

  private static void fill(
      ObjectNode container,
      String list,
      Map<String, Quantity> defaults,
      String what,
      String noun,
      List<String> notes) {
    List<String> set = new ArrayList<>();
    defaults.forEach((name, amount) -> {
      ObjectNode amounts = object(object(container, "resources"), list);
      if (!amounts.has(name)) {
        amounts.put(name, amount.toString());
        set.add(name);
      }
    });
    if (!set.isEmpty()) {
      String name = container.path("name").asString("");
      notes.add(String.join(", ", set) + " " + noun + " for " + what + name);
    }
  }

  private static ObjectNode object(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode own ? own : parent.putObject(field);
  }

  /**
   * The bounds for one sort of thing.
   *
   * @param type {@code Container}, {@code Pod}, {@code PersistentVolumeClaim}
   */
  record Item(
      String type,
      Map<String, Quantity> min,
      Map<String, Quantity> max,
      Map<String, Quantity> ratio,
      Map<String, Quantity> defaultRequest,
      Map<String, Quantity> defaultLimit) {

    static Item of(JsonNode limit) {
      return new Item(
          limit.path("type").asString(""),
          Amounts.of(limit.path("min")),
          Amounts.of(limit.path("max")),
          Amounts.of(limit.path("maxLimitRequestRatio")),
          Amounts.of(limit.path("defaultRequest")),
          Amounts.of(limit.path("default")));
    }

    void check(JsonNode resources, Set<String> problems) {
      check(Amounts.of(resources.path("requests")), Amounts.of(resources.path("limits")), problems);
    }

    void check(Map<String, Quantity> requests, Map<String, Quantity> limits, Set<String> problems) {
      min.forEach(
          (name, bound) -> atLeast(name, bound, requests.get(name), limits.get(name), problems));
      max.forEach(
          (name, bound) -> atMost(name, bound, requests.get(name), limits.get(name), problems));
      ratio.forEach(
          (name, bound) -> inRatio(name, bound, requests.get(name), limits.get(name), problems));
    }

    void checkClaim(JsonNode resources, Set<String> problems) {
      Map<String, Quantity> requests = Amounts.of(resources.path("requests"));
      min.forEach((name, bound) -> atLeast(name, bound, requests.get(name), null, problems));
      max.forEach((name, bound) -> {
        Quantity request = requests.get(name);
        if (request == null) {
          problems.add(says("maximum", name, bound) + ".  No request is specified");
        } else if (request.compareTo(bound) > 0) {
          problems.add(says("maximum", name, bound) + ", but request is " + request);
        }
      });
    }

    private String says(String bound, String name, Quantity amount) {
      return bound + " " + name + " usage per " + type + " is " + amount;
    }

    private void atLeast(
        String name,
        Quantity bound,
        @Nullable Quantity request,
        @Nullable Quantity limit,
        Set<String> problems) {
      if (request == null) {
        problems.add(says("minimum", name, bound) + ".  No request is specified");
      } else if (request.compareTo(bound) < 0) {
        problems.add(says("minimum", name, bound) + ", but request is " + request);
      } else if (limit != null && limit.compareTo(bound) < 0) {
        problems.add(says("minimum", name, bound) + ", but limit is " + limit);
      }
    }

    private void atMost(
        String name,
        Quantity bound,
        @Nullable Quantity request,
        @Nullable Quantity limit,
        Set<String> problems) {
      if (limit == null) {
        problems.add(says("maximum", name, bound) + ".  No limit is specified");
      } else if (limit.compareTo(bound) > 0) {
        problems.add(says("maximum", name, bound) + ", but limit is " + limit);
      } else if (request != null && request.compareTo(bound) > 0) {
        problems.add(says("maximum", name, bound) + ", but request is " + request);
      }
    }

    private void inRatio(
        String name,
        Quantity bound,
        @Nullable Quantity request,
        @Nullable Quantity limit,
        Set<String> problems) {
      String rule = name + " max limit to request ratio per " + type + " is " + bound;
      if (request == null || request.signum() == 0) {
        problems.add(rule + ", but no request is specified or request is 0");
      } else if (limit == null || limit.signum() == 0) {
        problems.add(rule + ", but no limit is specified or limit is 0");
      } else {
        BigDecimal ratio = limit.amount().divide(request.amount(), MathContext.DECIMAL64);
        if (ratio.compareTo(bound.amount()) > 0) {
          problems.add(
              rule
                  + ", but provided ratio is "
                  + String.format(java.util.Locale.ROOT, "%.6f", ratio));
        }
      }
    }
  }
}
