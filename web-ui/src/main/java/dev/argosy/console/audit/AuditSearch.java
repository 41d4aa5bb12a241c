package dev.argosy.console.audit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The fields by which an audit trail is searched; Enter in one searches. */
final class AuditSearch extends Div {

  private static final long serialVersionUID = 1L;

  private static final List<String> VERBS =
      List.of("create", "update", "patch", "delete", "deletecollection", "get", "list", "watch");

  private final Map<String, TextField> texts = new LinkedHashMap<>();
  private final ComboBox<String> verb = new ComboBox<>("Verb");
  private final ComboBox<String> decision = new ComboBox<>("Decision");
  private final DateTimePicker since = picker("Since (UTC)");
  private final DateTimePicker until = picker("Until (UTC)");
  private final transient Consumer<AuditQuestion> search;

  AuditSearch(Consumer<AuditQuestion> search) {
    this.search = search;
    addClassName("search");
    verb.setItems(VERBS);
    verb.setAllowCustomValue(true);
    verb.addCustomValueSetListener(typed -> verb.setValue(typed.getDetail()));
    verb.setClearButtonVisible(true);
    decision.setItems("allow", "forbid");
    decision.setClearButtonVisible(true);
    add(text("user", "User"), verb, text("resource", "Resource"));
    add(text("namespace", "Namespace"), text("name", "Object"), decision, since, until);
    Button go = new Button("Search", e -> go());
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(go);
    getElement()
        .addEventListener("keydown", e -> go())
        .setFilter(
            "event.key === 'Enter' && event.target.localName === 'input'"
                + " && !event.target.parentElement.hasAttribute('opened')");
  }

  private TextField text(String field, String label) {
    TextField text = new TextField(label);
    text.setClearButtonVisible(true);
    texts.put(field, text);
    return text;
  }

  private static DateTimePicker picker(String label) {
    DateTimePicker picker = new DateTimePicker(label);
    picker.setLocale(Locale.UK);
    return picker;
  }

  /** Searches for what the fields say. */
  void go() {
    Map<String, String> fields = new HashMap<>();
    texts.forEach((field, text) -> fields.put(field, text.getValue()));
    fields.put("verb", verb.getOptionalValue().orElse(""));
    fields.put("decision", decision.getOptionalValue().orElse(""));
    search.accept(new AuditQuestion(fields, moment(since), moment(until)));
  }

  private static Optional<Instant> moment(DateTimePicker picker) {
    Optional<LocalDateTime> chosen = picker.getOptionalValue();
    return chosen.map(time -> time.toInstant(ZoneOffset.UTC));
  }
}
