package dev.argosy.console.deploy;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Health;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;

/** Deploys what is pasted, document by document. */
@Route("t/:tenant/deploy")
@PageTitle("Deploy · Argosy")
public class DeployView extends TenantPage {

  private static final long serialVersionUID = 1L;
  private static final String DEFAULT = "default";

  private final ComboBox<String> namespace = new ComboBox<>();
  private final TextArea yaml = new TextArea();
  private final UnorderedList outcomes = new UnorderedList();

  public DeployView(ConsoleSession session) {
    super("Deploy", session);
    namespace.setAriaLabel("Namespace for documents that name none");
    namespace.setTooltipText("Namespace for documents that name none");
    yaml.setAriaLabel("YAML");
    yaml.setPlaceholder("Paste YAML here: one or more documents, separated by ---");
    yaml.addClassName("yaml");
    yaml.setWidthFull();
    outcomes.addClassName("outcomes");
    outcomes.getElement().setAttribute("aria-live", "polite");
    add(yaml, outcomes);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    Button deploy = new Button("Deploy", e -> deploy());
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    actions(namespace, deploy);
    switch (session().api().list(all(Resources.NAMESPACES), ListOptions.EVERYTHING)) {
      case ApiResult.Ok<ObjectList>(ObjectList list) ->
          namespace.setItems(list.items().stream().map(ApiObject::name).toList());
      case ApiResult.Refused<ObjectList>(Status status) -> {
        namespace.setItems(DEFAULT);
        trouble(Optional.of(status));
      }
    }
    namespace.setValue(DEFAULT);
  }

  private void deploy() {
    Manifests manifests = new Manifests(session().api(), session().kinds(), tenant());
    String chosen = namespace.getValue() == null ? DEFAULT : namespace.getValue();
    List<Manifests.Outcome> all = manifests.apply(yaml.getValue(), chosen);
    outcomes.removeAll();
    for (Manifests.Outcome outcome : all) {
      Health health = outcome.done() ? Health.GOOD : Health.BAD;
      outcomes.add(
          new ListItem(
              health.badge(outcome.done() ? outcome.text() : "refused"),
              new Span(outcome.subject()),
              new Span(outcome.done() ? "" : outcome.text())));
    }
  }
}
