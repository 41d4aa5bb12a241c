package dev.argosy.console.connect;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How do I use kubectl here? The two files that it takes, and what to do with them. */
@Route("t/:tenant/connect")
@PageTitle("Connect · Argosy")
public class ConnectView extends TenantPage {

  private static final long serialVersionUID = 1L;

  private final OrderedList steps = new OrderedList();
  private final Pre text = new Pre();

  public ConnectView(ConsoleSession session) {
    super("Connect", session);
    steps.addClassName("steps");
    text.addClassName("document");
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("aria-label", "kubeconfig");
    add(
        new Paragraph(
            "kubectl, Helm and every other Kubernetes client work with this cluster. They log you in "
                + "with your browser, as you are here; neither file holds a secret."),
        steps,
        text);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    Kubeconfig kubeconfig = new Kubeconfig(session().commandLine(), tenant(), authority());
    Anchor plugin = new Anchor("downloads/" + Kubeconfig.PLUGIN, Kubeconfig.PLUGIN);
    plugin.getElement().setAttribute("download", true);
    plugin.setRouterIgnore(true);
    Anchor file = new Anchor(download(kubeconfig), AttachmentType.DOWNLOAD, kubeconfig.fileName());
    steps.removeAll();
    steps.add(
        step(
            new Paragraph(plugin, new Text(" logs you in. Download it once:")),
            "install -D -m 755 ~/Downloads/"
                + Kubeconfig.PLUGIN
                + " ~/.local/bin/"
                + Kubeconfig.PLUGIN),
        step(
            new Paragraph(file, new Text(" says where the cluster is:")),
            "export KUBECONFIG=~/Downloads/" + kubeconfig.fileName()),
        step(new Paragraph("The first command shows where to log in:"), "kubectl get pods"));
    text.setText(kubeconfig.yaml());
  }

  private static ListItem step(Paragraph what, String command) {
    Code code = new Code(command);
    code.addClassName("command");
    return new ListItem(what, code);
  }

  private static DownloadHandler download(Kubeconfig kubeconfig) {
    byte[] bytes = kubeconfig.yaml().getBytes(StandardCharsets.UTF_8);
    return DownloadHandler.fromInputStream(event ->
        new DownloadResponse(
            new ByteArrayInputStream(bytes),
            kubeconfig.fileName(),
            "application/yaml",
            bytes.length));
  }

  /** Every namespace tells its pods whom to trust; people trust the same. */
  private String authority() {
    ObjectKey key = new ObjectKey(Resources.CONFIG_MAPS, tenant(), "default", "kube-root-ca.crt");
    return switch (session().api().get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject map) ->
          map.tree().path("data").path("ca.crt").asString("");
      case ApiResult.Refused<ApiObject>(var status) -> {
        trouble(Optional.of(status));
        yield "";
      }
    };
  }
}
