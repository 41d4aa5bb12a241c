package dev.argosy.server.metering;

import dev.argosy.server.request.QueryParams;

/** What somebody wants to know of the cost of usage. */
enum CostAsked {
  /** Nothing. */
  NONE,
  /** What it costs, too. */
  ALSO,
  /** What it costs, too, where there are price lists. */
  IF_PRICED,
  /** What all resources cost together, and no amounts. */
  ONLY;

  static CostAsked of(QueryParams query) {
    return switch (query.text("cost")) {
      case "if-priced" -> IF_PRICED;
      case "only" -> ONLY;
      default -> query.flag("cost") ? ALSO : NONE;
    };
  }
}
