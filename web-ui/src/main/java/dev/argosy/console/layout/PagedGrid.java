package dev.argosy.console.layout;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A list that is too long to be held, and of which nothing changes any more: page by page, the
 * newest first.
 *
 * @param <T> a row
 */
public final class PagedGrid<T> extends Div {

  private static final long serialVersionUID = 1L;
  private static final int PAGE = 100;

  private final transient ApiClient api;
  private final transient ResourceScope scope;
  private final transient Function<ApiObject, T> decode;
  private final LiveGrid<T> grid;
  private final Troubled troubled = new Troubled();
  private final Button more = new Button("Show older", e -> next());
  private final transient List<T> rows = new ArrayList<>();
  private String selector = "";
  private String at = "";

  /**
   * @param grid with its columns; it is put into this
   */
  public PagedGrid(
      ApiClient api, ResourceScope scope, Function<ApiObject, T> decode, LiveGrid<T> grid) {
    this.api = api;
    this.scope = scope;
    this.decode = decode;
    this.grid = grid;
    addClassName("paged");
    more.setVisible(false);
    add(troubled, grid, more);
  }

  /** Begins anew with what a field selector selects. */
  public void search(String fieldSelector) {
    selector = fieldSelector;
    at = "";
    rows.clear();
    next();
  }

  private void next() {
    switch (api.list(scope, new ListOptions("", selector, PAGE, at, "", ""))) {
      case ApiResult.Ok<ObjectList>(ObjectList page) -> {
        troubled.clear();
        page.items().stream().map(decode).forEach(rows::add);
        at = page.continueToken();
        more.setVisible(!at.isEmpty());
      }
      case ApiResult.Refused<ObjectList>(Status status) -> troubled.tell(status);
    }
    grid.show(List.copyOf(rows));
  }
}
