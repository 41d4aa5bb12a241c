package dev.argosy.tenancy.breakglass;

import dev.argosy.tenancy.objects.Projection;

/** BreakGlass objects as rows of {@code break_glass}. */
public final class BreakGlassProjection {

  private BreakGlassProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(
        BreakGlass.RESOURCE, BreakGlassRow.class, BreakGlass::of, BreakGlassRow::new);
  }
}
