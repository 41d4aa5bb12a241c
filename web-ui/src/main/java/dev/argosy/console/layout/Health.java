package dev.argosy.console.layout;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;

/** How something is, for the eye: one word in one of four colours. */
public enum Health {
  GOOD(BadgeVariant.SUCCESS),
  BUSY(BadgeVariant.CONTRAST),
  WARNING(BadgeVariant.WARNING),
  BAD(BadgeVariant.ERROR);

  private final BadgeVariant colour;

  Health(BadgeVariant colour) {
    this.colour = colour;
  }

  public Badge badge(String word) {
    Badge badge = new Badge(word);
    badge.addThemeVariants(colour);
    return badge;
  }
}
