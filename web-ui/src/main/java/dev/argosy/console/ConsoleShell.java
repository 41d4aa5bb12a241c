package dev.argosy.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Inline.Position;
import com.vaadin.flow.component.page.Inline.Wrapping;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The page that carries the console: theme, push, icon. */
@Push
@Viewport("width=device-width, initial-scale=1")
@ColorScheme(ColorScheme.Value.LIGHT_DARK)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://styles/console.css")
public class ConsoleShell implements AppShellConfigurator {

  private static final long serialVersionUID = 1L;

  /**
   * Where the connection breaks while a page begins, Vaadin shows offline-stub.html until the
   * browser says that it is online again. It may never have said otherwise, so the server is asked.
   */
  private static final String GO_ON =
      """
      setInterval(async () => {
        if (document.querySelector("iframe[src$='offline-stub.html']")) {
          const answer = await fetch('styles/argosy.svg', {method: 'HEAD', cache: 'no-store'}).catch(() => null);
          if (answer) location.reload();
        }
      }, 2000);
      """;

  /** Buttons that cannot be pressed are reached by keyboard, and say why. */
  private static final String EXPLAIN_DISABLED_BUTTONS =
      """
      window.Vaadin = window.Vaadin || {};
      window.Vaadin.featureFlags = {...window.Vaadin.featureFlags, accessibleDisabledButtons: true};
      """;

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.setPageTitle("Argosy");
    settings.addFavIcon("icon", "styles/argosy.svg", "any");
    settings.addInlineWithContents(
        TargetElement.HEAD, Position.PREPEND, EXPLAIN_DISABLED_BUTTONS, Wrapping.JAVASCRIPT);
    settings.addInlineWithContents(GO_ON, Wrapping.JAVASCRIPT);
  }
}
