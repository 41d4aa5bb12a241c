package dev.argosy.scheduler.filter;

import java.util.List;

/** What verdicts say that is lacking. */
public final class Lacks {

  private Lacks() {}

  /** What a filter that says no more than its verdict finds lacking. */
  public static List<Lack> of(String filter, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Fits fits -> List.of();
      case Verdict.Rejected rejected ->
          rejected.reasons().stream().map(r -> (Lack) new Lack.Other(filter, r)).toList();
    };
  }
}
