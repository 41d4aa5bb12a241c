package dev.argosy.server.metering;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How usage is written. */
enum UsageFormat {
  /** A UsageReport. */
  JSON("application/json"),
  /** A line for each sum, as in RFC 4180. */
  CSV("text/csv; charset=utf-8");

  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

  private final String mediaType;

  UsageFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /**
   * The format of that name, JSON if there is none.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest
   */
  static UsageFormat of(String name) {
    return switch (name) {
      case "", "json" -> JSON;
      case "csv" -> CSV;
      default ->
          throw Status.badRequest("format must be json or csv, not \"" + name + "\"").asException();
    };
  }

  byte[] bytes(UsageReport report) {
    return switch (this) {
      case JSON -> Json.canonical(report.json());
      case CSV -> csv(report).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String csv(UsageReport report) {
    StringBuilder text = new StringBuilder();
    List<List<String>> lines = new ArrayList<>();
    lines.add(report.columns());
    lines.addAll(report.rows());
    for (List<String> line : lines) {
      text.append(line.stream().map(UsageFormat::cell).collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return text.toString();
  }

  /** What a spreadsheet would take for a formula gets an apostrophe: tenants choose labels. */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
