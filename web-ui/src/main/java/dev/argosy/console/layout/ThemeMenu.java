package dev.argosy.console.layout;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.page.ColorScheme;

/** Light, dark, or as the system says; remembered by the browser. */
final class ThemeMenu {

  private static final String KEY = "argosy.colour-scheme";

  private ThemeMenu() {}

  static void addTo(SubMenu menu) {
    menu.addItem("Light", e -> choose(ColorScheme.Value.LIGHT));
    menu.addItem("Dark", e -> choose(ColorScheme.Value.DARK));
    menu.addItem("As the system", e -> choose(ColorScheme.Value.LIGHT_DARK));
  }

  /** Applies what the browser remembers. */
  static void restore(UI ui) {
    ui.getPage()
        .executeJs("return localStorage.getItem($0) || ''", KEY)
        .then(
            String.class,
            name -> {
              if (!name.isEmpty()) {
                ui.getPage().setColorScheme(ColorScheme.Value.valueOf(name));
              }
            });
  }

  private static void choose(ColorScheme.Value value) {
    UI ui = UI.getCurrent();
    ui.getPage().setColorScheme(value);
    ui.getPage().executeJs("localStorage.setItem($0, $1)", KEY, value.name());
  }
}
