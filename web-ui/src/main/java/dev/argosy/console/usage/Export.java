package dev.argosy.console.usage;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.argosy.console.layout.Notices;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Links that hand out what the API says of usage, asked as the user when they are followed. */
final class Export {

  private static final long UNKNOWN = -1;

  private final ConsoleSession session;
  private final String cluster;
  private final Supplier<Question> question;

  /**
   * What is exported.
   *
   * @param fileName without its ending
   */
  record Question(Map<String, String> query, String fileName) {}

  Export(ConsoleSession session, String cluster, Supplier<Question> question) {
    this.session = session;
    this.cluster = cluster;
    this.question = question;
  }

  Anchor[] links() {
    return new Anchor[] {link("csv", "text/csv"), link("json", "application/json")};
  }

  private Anchor link(String format, String mediaType) {
    String text = format.toUpperCase(Locale.ROOT);
    Anchor link =
        new Anchor(
            DownloadHandler.fromInputStream(event -> answer(event, format, mediaType)),
            AttachmentType.DOWNLOAD,
            "Export " + text);
    link.setTitle("What is shown, over time, as the API gives it");
    link.addClassName("export");
    return link;
  }

  private DownloadResponse answer(DownloadEvent event, String format, String mediaType) {
    Question asked = question.get();
    Map<String, String> query = Questions.with(asked.query(), "format", format);
    return switch (session.api().read(cluster, UsageReport.PATH, query)) {
      case ApiResult.Ok<InputStream>(InputStream body) ->
          new DownloadResponse(body, asked.fileName() + "." + format, mediaType, UNKNOWN);
      case ApiResult.Refused<InputStream>(Status status) -> {
        var _ = event.getUI().access(() -> Notices.refused(status));
        yield DownloadResponse.error(status.code(), status.message());
      }
    };
  }
}
