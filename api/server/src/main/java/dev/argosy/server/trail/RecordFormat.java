package dev.argosy.server.trail;

import dev.argosy.model.status.Status;
import dev.argosy.tenancy.audit.AuditEntry;
import dev.argosy.tenancy.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How records are written into a file, each in a line of its own. */
enum RecordFormat {
  /** AuditRecord objects, as lists have them. */
  JSON_LINES("application/jsonl", ".jsonl") {
    @Override
    String text(AuditRecord entry) {
      return RecordJson.json(entry).toString();
    }
  },
  /** As in RFC 4180. */
  CSV("text/csv; charset=utf-8", ".csv") {
    @Override
    byte[] head() {
      return bytes(String.join(",", COLUMNS) + "\r");
    }

    @Override
    String text(AuditRecord entry) {
      return cells(entry).stream().map(RecordFormat::cell).collect(Collectors.joining(",")) + "\r";
    }
  };

  private static final List<String> COLUMNS =
      List.of(
          "cluster",
          "sequence",
          "at",
          "user",
          "impersonatedUser",
          "groups",
          "source",
          "userAgent",
          "verb",
          "apiGroup",
          "resource",
          "subresource",
          "namespace",
          "name",
          "decision",
          "code",
          "requestURI",
          "auditID",
          "annotations",
          "hash");

  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

  private final String mediaType;
  private final String suffix;

  RecordFormat(String mediaType, String suffix) {
    this.mediaType = mediaType;
    this.suffix = suffix;
  }

  /**
   * The format of that name, JSON lines if there is none.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static RecordFormat of(String name) {
    return switch (name) {
      case "", "json" -> JSON_LINES;
      case "csv" -> CSV;
      default ->
          throw Status.badRequest("format must be json or csv, not \"" + name + "\"").asException();
    };
  }

  String mediaType() {
    return mediaType;
  }

  String suffix() {
    return suffix;
  }

  byte[] head() {
    return new byte[0];
  }

  byte[] line(AuditRecord entry) {
    return bytes(text(entry));
  }

  abstract String text(AuditRecord entry);

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> cells(AuditRecord placed) {
    AuditEntry entry = placed.entry();
    AuditEntry.Who who = entry.who();
    AuditEntry.Action what = entry.what();
    return List.of(
        what.cluster(),
        Long.toString(placed.sequence()),
        entry.at().toString(),
        who.user(),
        who.impersonated(),
        String.join(" ", who.groups()),
        who.source(),
        who.userAgent(),
        what.verb(),
        what.group(),
        what.resource(),
        what.subresource(),
        what.namespace(),
        what.name(),
        entry.answer().decision(),
        Integer.toString(entry.answer().code()),
        entry.details().uri(),
        entry.details().auditId(),
        entry.details().annotations(),
        placed.hash().hex());
  }

  /** What a spreadsheet would take for a formula gets an apostrophe: clients choose these texts. */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
