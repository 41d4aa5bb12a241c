package dev.argosy.console.pod;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.select.Select;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log of one container of a pod. The browser keeps the last 2,000 lines. */
final class LogPanel extends Div {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LogPanel.class);
  private static final int CHUNK = 16_384;
  private static final String APPEND =
      """
      const atEnd = this.scrollTop + this.clientHeight >= this.scrollHeight - 4;
      const lines = (this.textContent + $0).split('\\n');
      this.textContent = lines.slice(-2000).join('\\n');
      if (atEnd) this.scrollTop = this.scrollHeight;
      """;

  private final transient ApiClient api;
  private final transient ObjectKey pod;
  private final Select<String> container = new Select<>();
  private final Pre text = new Pre();
  private transient @Nullable Follower follower;

  LogPanel(ApiClient api, ObjectKey pod) {
    this.api = api;
    this.pod = pod;
    addClassName("log");
    container.setLabel("Container");
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("role", "log");
    text.getElement().setAttribute("aria-label", "Log");
    container.addValueChangeListener(event -> getUI().ifPresent(this::restart));
    add(container, text);
  }

  /** The containers to choose from; keeps the choice. */
  void containers(List<String> names) {
    if (!container.getListDataView().getItems().toList().equals(names)) {
      String chosen = container.getValue();
      container.setItems(names);
      container.setVisible(names.size() > 1);
      container.setValue(
          names.contains(chosen) ? chosen : names.isEmpty() ? null : names.getLast());
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    restart(event.getUI());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    stop();
  }

  private void restart(UI ui) {
    stop();
    String chosen = container.getValue();
    if (chosen != null) {
      text.getElement().executeJs("this.textContent = ''");
      follower = new Follower(ui, chosen);
    }
  }

  private void stop() {
    if (follower != null) {
      follower.close();
      follower = null;
    }
  }

  /** The thread that reads one log. */
  private final class Follower {
    private final UI ui;
    private final String name;
    private final Thread thread;
    private volatile @Nullable InputStream open;
    private volatile boolean closed;

    Follower(UI ui, String name) {
      this.ui = ui;
      this.name = name;
      this.thread = Thread.ofVirtual().name("console-log-" + pod.name()).start(this::read);
    }

    /** Closing the stream ends a blocked read. */
    void close() {
      closed = true;
      thread.interrupt();
      InputStream stream = open;
      if (stream != null) {
        closeQuietly(stream);
      }
    }

    private void closeQuietly(InputStream stream) {
      try {
        stream.close();
      } catch (IOException e) {
        LOG.debug("closing the log of {}", pod, e);
      }
    }

    private void read() {
      Map<String, String> query = Map.of("container", name, "follow", "true", "tailLines", "500");
      switch (api.log(pod, query)) {
        case ApiResult.Ok<InputStream>(InputStream stream) -> copy(stream);
        case ApiResult.Refused<InputStream>(Status status) ->
            append("— " + status.message() + "\n");
      }
    }

    private void copy(InputStream stream) {
      open = stream;
      char[] chunk = new char[CHUNK];
      try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
        for (int n = reader.read(chunk); n >= 0; n = reader.read(chunk)) {
          append(new String(chunk, 0, n));
        }
        append("— end of the log\n");
      } catch (IOException e) {
        append("— the log broke off\n");
      }
    }

    private void append(String more) {
      if (closed || more.isEmpty()) {
        return;
      }
      try {
        var _ = ui.access(() -> text.getElement().executeJs(APPEND, more));
      } catch (UIDetachedException e) {
        thread.interrupt();
      }
    }
  }
}
