package dev.argosy.console.layout;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.ValueProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A grid whose rows come and go while it is looked at; it keeps its place, order and filter.
 *
 * @param <T> a row; rows with the same key are the same row
 */
public class LiveGrid<T> extends Grid<T> {

  private static final long serialVersionUID = 1L;

  private final List<T> rows = new ArrayList<>();
  private final List<ValueProvider<T, String>> texts = new ArrayList<>();
  private final ListDataProvider<T> provider;

  /** Of each column that is as wide as its content, what it shows, and the longest text so far. */
  private final Map<ValueProvider<T, String>, Integer> fitted = new LinkedHashMap<>();

  /**
   * @param key what identifies a row
   * @param emptyText shown when there are no rows
   */
  public LiveGrid(Function<T, ?> key, String emptyText) {
    provider =
        new ListDataProvider<>(rows) {
          private static final long serialVersionUID = 1L;

          @Override
          public Object getId(T row) {
            return key.apply(row);
          }
        };
    setDataProvider(provider);
    setEmptyStateComponent(Page.empty(emptyText));
    addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_ROW_STRIPES);
    setSelectionMode(SelectionMode.NONE);
    setSizeFull();
  }

  /** A sortable column of short text, as wide as its content; the filter searches it too. */
  public final Column<T> column(String header, ValueProvider<T, String> text) {
    fitted.put(text, header.length());
    return texts(header, text).setAutoWidth(true).setFlexGrow(0);
  }

  /** Like {@link #column}, for long text: takes its share of the room that is left. */
  public final Column<T> wideColumn(String header, int share, ValueProvider<T, String> text) {
    return texts(header, text).setFlexGrow(share).setWidth("8rem");
  }

  /** Like {@link #column}, for numbers: they stand below each other, and are in their order. */
  public final Column<T> numberColumn(
      String header, ValueProvider<T, String> text, Comparator<T> order) {
    return column(header, text)
        .setComparator(order)
        .setTextAlign(ColumnTextAlign.END)
        .setPartNameGenerator(row -> "number");
  }

  private Column<T> texts(String header, ValueProvider<T, String> text) {
    texts.add(text);
    return addColumn(text)
        .setHeader(header)
        .setSortable(true)
        .setResizable(true)
        .setTooltipGenerator(text::apply);
  }

  /** A column of links with the row's name. */
  public final Column<T> linkColumn(
      String header, ValueProvider<T, String> name, ValueProvider<T, String> path) {
    texts.add(name);
    return addComponentColumn(row -> link(path.apply(row), name.apply(row)))
        .setHeader(header)
        .setSortable(true)
        .setComparator(Comparator.comparing(name::apply))
        .setResizable(true)
        .setWidth("10rem")
        .setFlexGrow(3);
  }

  private static Anchor link(String path, String text) {
    Anchor link = new Anchor(path, text);
    link.setTitle(text);
    link.addClassName("cell-link");
    return link;
  }

  /** A column of coloured words. */
  public final Column<T> badgeColumn(
      String header, ValueProvider<T, Health> health, ValueProvider<T, String> word) {
    texts.add(word);
    return addComponentColumn(row -> health.apply(row).badge(word.apply(row)))
        .setHeader(header)
        .setSortable(true)
        .setComparator(Comparator.comparing(word::apply))
        .setResizable(true)
        .setWidth("11rem")
        .setFlexGrow(0);
  }

  /** A field that leaves only rows which contain its text in some column. */
  public final TextField filterField() {
    TextField field = new TextField();
    field.setPlaceholder("Filter");
    field.setAriaLabel("Filter");
    field.setClearButtonVisible(true);
    field.setPrefixComponent(VaadinIcon.SEARCH.create());
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(event -> filter(event.getValue().toLowerCase(Locale.ROOT)));
    return field;
  }

  private void filter(String wanted) {
    if (wanted.isEmpty()) {
      provider.clearFilters();
      return;
    }
    provider.setFilter(row ->
        texts.stream().anyMatch(t -> t.apply(row).toLowerCase(Locale.ROOT).contains(wanted)));
  }

  /** As high as its rows, for pages that show more than one list. */
  public final void fitRows() {
    setHeight("auto");
    setAllRowsVisible(true);
    addClassName("fits-rows");
  }

  /**
   * Replaces the rows; does nothing if they are the same. Where only their content changes they are
   * not drawn anew, so that a button that is just being clicked stays.
   */
  public final void show(List<T> now) {
    List<T> before = List.copyOf(rows);
    if (before.equals(now)) {
      return;
    }
    rows.clear();
    rows.addAll(now);
    if (!ids(before).equals(ids(now))
        || provider.getFilter() != null
        || !getSortOrder().isEmpty()) {
      provider.refreshAll();
    } else {
      for (int i = 0; i < before.size(); i++) {
        if (!before.get(i).equals(now.get(i))) {
          provider.refreshItem(now.get(i));
        }
      }
    }
    if (longer()) {
      recalculateColumnWidths();
    }
  }

  /** Whether a column has a longer text than ever; widths are measured once otherwise. */
  private boolean longer() {
    boolean longer = false;
    for (Map.Entry<ValueProvider<T, String>, Integer> column : fitted.entrySet()) {
      int longest =
          rows.stream().mapToInt(row -> column.getKey().apply(row).length()).max().orElse(0);
      if (longest > column.getValue()) {
        column.setValue(longest);
        longer = true;
      }
    }
    return longer;
  }

  private List<Object> ids(List<T> some) {
    return some.stream().map(provider::getId).toList();
  }
}
