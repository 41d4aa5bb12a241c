package dev.argosy.console.layout;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.util.Locale;

/** How much of something is used: a bar and a percentage. */
public final class ShareBar extends Div {

  private static final long serialVersionUID = 1L;
  private static final double HIGH = 0.8;

  /**
   * @param share from 0 to 1; above 1 the bar is full and the percentage tells
   */
  public ShareBar(double share) {
    addClassName("share");
    ProgressBar bar = new ProgressBar(0, 1, Math.clamp(share, 0, 1));
    bar.addClassName(share >= 1 ? "full" : share >= HIGH ? "high" : "low");
    bar.getElement().setAttribute("aria-hidden", "true");
    Span percent = new Span(String.format(Locale.ROOT, "%.0f %%", Math.floor(share * 100)));
    percent.addClassName("percent");
    add(bar, percent);
  }
}
